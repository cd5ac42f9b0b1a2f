using System.Net;
using System.Text;
using Breakwater.Testing.Hosting;

namespace Breakwater.Cli.Tests.Client;

/// <summary>An HTTP server that answers what a test tells it: for what no server of ours does yet, or should never do.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly HttpListener listener = new();

    public StubServer(Func<string, int, (int Status, string Body, (string Name, string Value)[] Headers)> answer)
    {
        Address = $"http://127.0.0.1:{Ports.Next()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync(answer);
    }

    public string Address { get; }

    /// <summary>Verbs and paths, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The revisions that they asked for; null where they asked for none.</summary>
    public List<string?> Revisions { get; } = [];

    /// <summary>Their bodies.</summary>
    public List<string> Bodies { get; } = [];

    private async Task ServeAsync(Func<string, int, (int Status, string Body, (string Name, string Value)[] Headers)> answer)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var request = $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}";
            using (var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8))
                Bodies.Add(await reader.ReadToEndAsync());
            Revisions.Add(context.Request.Headers["If-Match"]);
            Requests.Add(request);
            var (status, body, headers) = answer(request, Requests.Count);
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
    }

    public void Dispose() => listener.Close();
}
