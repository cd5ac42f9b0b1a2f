namespace Breakwater.Server.Graph;

/// <summary>Names a secret that is to go.</summary>
internal sealed record RemovePasswordBody(Guid? KeyId);
