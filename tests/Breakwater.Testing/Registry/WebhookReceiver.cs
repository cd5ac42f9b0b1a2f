using System.Collections.Concurrent;
using System.Net;
using Breakwater.Testing.Hosting;

namespace Breakwater.Testing.Registry;

/// <summary>Whom a webhook calls, on a port of this machine.</summary>
public sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<ReceivedEvent> received = new();

    public WebhookReceiver()
    {
        var port = Ports.Next();
        Address = $"http://127.0.0.1:{port}/hook";
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = RunAsync();
    }

    /// <summary>What a server that is to call it needs among its flags.</summary>
    public static IReadOnlyList<string> Flags { get; } = ["--webhook-allow", "127.0.0.0/8"];

    public string Address { get; }

    /// <summary>Decides the status of the next answer. Default: 200.</summary>
    public Func<int> Answer { get; set; } = () => 200;

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. received];

    /// <summary>What was answered with success.</summary>
    public IEnumerable<ReceivedEvent> Taken => received.Where(one => one.Answered is >= 200 and < 300);

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                context.Response.StatusCode = Answer();
                var headers = context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase);
                received.Enqueue(new ReceivedEvent(headers, body.ToArray(), context.Response.StatusCode));
                context.Response.Close();
            }
            catch (Exception gone) when (gone is HttpListenerException && listener.IsListening)
            {
                // The caller was killed in the middle.
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose() => listener.Close();
}
