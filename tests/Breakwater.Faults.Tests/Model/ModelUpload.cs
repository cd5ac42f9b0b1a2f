using Breakwater.Testing.Images;

namespace Breakwater.Faults.Tests.Model;

/// <summary>An upload session: what the client sends, how much of it the server has acknowledged, and where it goes on.</summary>
internal sealed record ModelUpload(TestBlob Blob, int Offset, string Location);
