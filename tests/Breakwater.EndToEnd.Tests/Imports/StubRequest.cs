namespace Breakwater.EndToEnd.Tests.Imports;

internal sealed record StubRequest(string Path, IReadOnlyDictionary<string, string> Headers);
