namespace Breakwater.Client.Management;

/// <summary>By which the server signs in to the source.</summary>
public sealed record ImportCredentials(string? Username, string Password)
{
    public override string ToString() => "***";
}
