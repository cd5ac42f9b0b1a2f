namespace Breakwater.Core.Blobs;

/// <summary>The body ended before its end.</summary>
internal sealed class ClientGoneException(Exception inner) : Exception("The client broke off.", inner);
