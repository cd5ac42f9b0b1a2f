using System.Buffers.Text;
using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.SignIn;

namespace Breakwater.Cli.Commands.SigningIn;

/// <summary>Sign-in with the browser of another machine: shows the code, and waits until it was entered.</summary>
internal static class DeviceSignIn
{
    public static async Task<(AccountKind Kind, string Account, IssuedTokens Tokens)> RunAsync(Invocation call, IssuerClient issuer)
    {
        var code = await issuer.BeginDeviceAsync(Audience.Management, call.Stop);
        call.Around.Error.WriteLine(Printable.Of($"Open {code.VerificationUri} in a browser and enter the code {code.UserCode}"));
        var tokens = await call.WaitAsync("Waiting for the sign-in…", () => issuer.EndDeviceAsync(code, Audience.Management, call.Stop));
        return (AccountKind.User, NameIn(tokens.Access.Value), tokens);
    }

    /// <summary>Only to show it: the server alone decides who it is.</summary>
    private static string NameIn(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            string[] names = ["preferred_username", "upn", "name", "sub"];
            return names.Select(name => claims.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null).FirstOrDefault(name => name is not null) ?? "";
        }
        catch (Exception e) when (e is FormatException or JsonException or IndexOutOfRangeException or InvalidOperationException)
        {
            return "(unknown)";
        }
    }
}
