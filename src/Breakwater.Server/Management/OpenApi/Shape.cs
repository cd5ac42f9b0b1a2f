namespace Breakwater.Server.Management.OpenApi;

/// <summary>What an answer looks like: the members of what is sent, and those that only the server writes.</summary>
/// <param name="Body">What is sent to make one; null: nothing of it is sent.</param>
/// <param name="Written">Members that only the server writes, by their paths from the top: <c>properties.creationDate</c>.</param>
internal sealed record Shape(string Name, Type? Body, params string[] Written);
