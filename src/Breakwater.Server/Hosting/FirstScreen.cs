using System.Text;

namespace Breakwater.Server.Hosting;

/// <summary>What a person sees when the server has started: at most 30 lines of 100 characters, but for paths longer than that.</summary>
internal static class FirstScreen
{
    private const string Bold = "\e[1m", Plain = "\e[0m";

    /// <summary>Whether the output is a terminal whose user has nothing against colour (no-color.org).</summary>
    public static bool WantsColour => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string Render(FirstScreenFacts facts, bool colour)
    {
        var text = new StringBuilder();
        text.Append(Strong($"Breakwater {facts.Version} is running", colour)).Append($": registry {facts.RegistryName}, data in {facts.DataDirectory}\n\n");
        Row(text, "http", facts.Http is null ? null : $"http://{facts.Http}");
        Row(text, "https", facts.Https is null ? null : $"https://{facts.Https}");
        foreach (var listener in facts.Private)
            Row(text, "private", $"https://{listener.Address} ({listener.Name})");
        Row(text, "ops", facts.Operations is null ? null : $"http://{facts.Operations}/healthz/ready and /metrics");
        Row(text, "user", "owner");
        Row(text, "password", facts.GeneratedPassword is { } password ? $"{Strong(password, colour)}   (shown once: keep it now)" : facts.PasswordNote);
        Push(text, facts, colour);
        if (facts.Https is not null && facts.AuthorityFile is { } authority)
            Trust(text, facts.Https, authority, colour);
        text.Append("\nStop with Ctrl+C. --help lists all settings.\n");
        return text.ToString();
    }

    private static void Push(StringBuilder text, FirstScreenFacts facts, bool colour)
    {
        // Docker takes localhost without TLS, but for other names it wants a certificate that it trusts.
        var host = Local(facts.Http ?? facts.Https!);
        text.Append('\n').Append(Strong("Push and pull", colour)).Append(facts.Http is null && facts.AuthorityFile is not null ? ", once the CA below is trusted:\n" : ":\n");
        text.Append($"  docker login {host} -u owner\n");
        text.Append($"  docker tag IMAGE {host}/IMAGE\n");
        text.Append($"  docker push {host}/IMAGE\n");
        text.Append($"  docker pull {host}/IMAGE\n");
        if (facts.Http is not null)
            text.Append("  (podman, skopeo, buildah: add --tls-verify=false; oras, helm: --plain-http)\n");
    }

    private static void Trust(StringBuilder text, string https, string authority, bool colour)
    {
        var host = Local(https);
        text.Append('\n').Append(Strong($"Trust https://{host}", colour)).Append(":\n");
        text.Append($"  CA={Quoted(authority)}\n");
        text.Append($"  docker                   sudo install -Dm644 \"$CA\" /etc/docker/certs.d/{host}/ca.crt\n");
        text.Append($"  podman, skopeo, buildah  --cert-dir \"${{CA%/*}}\"\n");
        text.Append($"              or for good  sudo install -Dm644 \"$CA\" /etc/containers/certs.d/{host}/ca.crt\n");
        text.Append("  oras, helm               --ca-file \"$CA\"\n");
        text.Append($"  curl                     --cacert \"$CA\" https://{host}/v2/\n");
    }

    /// <summary>The same door by the name that every client treats as this machine.</summary>
    private static string Local(string address)
    {
        var port = address.LastIndexOf(':');
        return address[..port] is "127.0.0.1" or "0.0.0.0" or "[::]" or "[::1]" ? "localhost" + address[port..] : address;
    }

    private static void Row(StringBuilder text, string name, string? value) => text.Append("  ").Append(name.PadRight(10)).Append(value ?? "off").Append('\n');

    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Strong(string value, bool colour) => colour ? Bold + value + Plain : value;
}
