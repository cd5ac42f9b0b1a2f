using System.Net;
using Breakwater.Core.Identity;
using Breakwater.Server.Hosting;
using Breakwater.Server.Network;

namespace Breakwater.Server.Configuration;

/// <summary>What can only be judged from several settings together, or by a look at the machine, before the server listens.</summary>
internal static class SettingsChecks
{
    /// <param name="settings">The values in force.</param>
    /// <param name="descriptorLimit">How many files and sockets this process may have open.</param>
    public static IEnumerable<SettingError> ForServing(ServerSettings settings, int descriptorLimit) =>
    [
        .. Listeners(settings),
        .. Plaintext(settings),
        .. Certificate(settings),
        .. PrivateNetworks(settings),
        .. ClientAuthorities(settings),
        .. Password(settings),
        .. Limits(settings, descriptorLimit),
    ];

    private static IEnumerable<SettingError> Listeners(ServerSettings settings)
    {
        if (settings.Http is null && settings.Https is null)
            yield return new("https", "off", null, "With http off too, no client could reach the server.", "Give --http or --https an address.");
        var listeners = new (string Key, IPEndPoint? Address)[] { ("http", settings.Http), ("https", settings.Https), ("ops", settings.Ops) }
            .Concat(settings.PrivateListeners.Select(listener => (Key: $"private-listeners {listener.Name}", Address: (IPEndPoint?)listener.Address))).ToArray();
        foreach (var (key, address) in listeners.Where(listener => listener.Address is { Port: not 0 }))
        {
            var first = listeners.First(other => address!.Equals(other.Address)).Key;
            if (first != key)
                yield return new(key, address!.ToString(), null, $"It is the address of {first} too.", "Give each its own port.");
        }
    }

    private static IEnumerable<SettingError> Plaintext(ServerSettings settings)
    {
        if (settings.AllowPlaintext)
            yield break;
        if (settings.Http is { } http && !IPAddress.IsLoopback(http.Address))
        {
            yield return new("http", http.ToString(), null, "Other machines reach this address, and plain HTTP carries passwords readable.",
                "Use --https for it, bind --http to 127.0.0.1, or give --allow-plaintext behind a proxy that speaks TLS.");
        }
        if (settings.Ops is { } ops && !IPAddress.IsLoopback(ops.Address))
        {
            yield return new("ops", ops.ToString(), null, "Other machines reach this address, and metrics are served without signing in.",
                "Bind --ops to 127.0.0.1, or give --allow-plaintext in a closed network.");
        }
    }

    private static IEnumerable<SettingError> Certificate(ServerSettings settings)
    {
        if (settings.TlsCert is null && settings.TlsKey is null)
            yield break;
        if (settings.TlsCert is not { } certificate || settings.TlsKey is not { } key)
        {
            var missing = settings.TlsCert is null ? "tls-cert" : "tls-key";
            yield return new(missing, null, null, "The certificate and its key are given together.", $"Give --{missing} too, or neither of them.");
            yield break;
        }
        if (TlsPair.Load(certificate, key, out var problem) is { } pair)
            pair.Dispose();
        else
            yield return new("tls-cert", certificate, null, problem!, "Give the PEM files of one certificate (leaf first) and of its unencrypted private key.");
    }

    private static IEnumerable<SettingError> PrivateNetworks(ServerSettings settings) => settings.PrivateNetworks.Keys
        .Where(name => settings.PrivateListeners.All(listener => listener.Name != name))
        .Select(name => new SettingError("private-networks", name, null, "There is no private listener of that name.", "Name one of --private-listeners."));

    private static IEnumerable<SettingError> ClientAuthorities(ServerSettings settings)
    {
        if (settings.ClientCa is { } authority)
        {
            if (settings.Https is null)
                yield return new("client-ca", authority, null, "HTTPS is off, and clients show certificates nowhere else.", "Give --https an address.");
            if (settings.Http is { } http && !IPAddress.IsLoopback(http.Address))
                yield return new("client-ca", authority, null, $"Other machines reach plain HTTP at {http}, where nobody is asked for a certificate.", "Give --http off, or bind it to 127.0.0.1.");
        }
        foreach (var (name, _) in settings.PrivateClientCa.Concat(settings.PrivateClientCrl).Where(pair => settings.PrivateListeners.All(listener => listener.Name != pair.Key)))
            yield return new(settings.PrivateClientCa.ContainsKey(name) ? "private-client-ca" : "private-client-crl", name, null, "There is no private listener of that name.", "Name one of --private-listeners.");
        var all = settings.PrivateListeners.Select(listener => (Prefix: "private-", Authority: settings.PrivateClientCa.GetValueOrDefault(listener.Name), Lists: settings.PrivateClientCrl.GetValueOrDefault(listener.Name)));
        foreach (var (prefix, file, lists) in all.Prepend(("", settings.ClientCa, settings.ClientCrl)))
        {
            if (ClientProblem(prefix, file, lists) is { } problem)
                yield return problem;
        }
    }

    private static SettingError? ClientProblem(string prefix, string? file, string? lists)
    {
        if (file is null)
            return lists is null ? null : new($"{prefix}client-crl", lists, null, "There is no authority that it could be of.", $"Give --{prefix}client-ca too.");
        if (ClientAuthority.Load(file, out var problem) is not { } authority)
            return new($"{prefix}client-ca", file, null, problem!, "Name a readable PEM file of certificate authorities.");
        return lists is not null && RevocationWatch.ProblemOf(lists, authority) is { } wrong
            ? new($"{prefix}client-crl", lists, null, wrong, $"Name a file of revocation lists, PEM or DER, of the authorities in {file}.")
            : null;
    }

    private static IEnumerable<SettingError> Password(ServerSettings settings)
    {
        if (settings.OwnerPassword is not null && settings.OwnerPasswordFile is { } second)
            yield return new("owner-password-file", second, null, "BREAKWATER_OWNER_PASSWORD is set too.", "Use one of them.");
        if (PasswordProblem(settings) is { } problem)
        {
            var (key, value) = settings.OwnerPassword is null ? ("owner-password-file", settings.OwnerPasswordFile) : ("owner-password", "***");
            yield return new(key, value, null, problem, "");
        }
    }

    private static string? PasswordProblem(ServerSettings settings)
    {
        try
        {
            return OwnerPassword.Read(settings) is { } password ? PasswordPolicy.Problem(password) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"The file cannot be read: {problem.Message} Name a readable file with the password in it.";
        }
    }

    private static IEnumerable<SettingError> Limits(ServerSettings settings, int descriptorLimit)
    {
        var connectionsAtMost = ConnectionBudget.Largest(descriptorLimit);
        if (descriptorLimit < ConnectionBudget.LeastDescriptors)
        {
            yield return new("descriptor limit", SettingTexts.Text(descriptorLimit), "system",
                $"The process needs {ConnectionBudget.LeastDescriptors} open files and sockets at least.", "Raise the limit (ulimit -n 1024, LimitNOFILE=1024).");
        }
        else if (settings.MaxConnections > connectionsAtMost)
        {
            yield return new("max-connections", SettingTexts.Text(settings.MaxConnections.Value), null,
                $"The descriptor limit of this process has room for {connectionsAtMost} connections and a reserve.", "Lower it, or raise the limit (ulimit -n, LimitNOFILE=).");
        }
        if (File.Exists(settings.Data))
            yield return new("data", settings.Data, null, "This is a file.", "Name a folder.");
    }
}
