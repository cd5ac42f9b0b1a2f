using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Breakwater.Core.Tests.Events;

/// <summary>Somebody who hears events, on a port of this machine.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Heard> _heard = new();

    private Receiver(int port) => Address = $"http://127.0.0.1:{port}/hook";

    public string Address { get; }

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<Heard> Heard => [.. _heard];

    /// <summary>What is answered. Default 200 to everything.</summary>
    public Func<Heard, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    /// <summary>The body of answers.</summary>
    public string Content { get; set; } = "thank you";

    /// <summary>Further headers of answers.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public static Receiver Start()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(20_000, 31_000);
            var receiver = new Receiver(port);
            receiver._listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                receiver._listener.Start();
                _ = receiver.RunAsync();
                return receiver;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                receiver.Dispose();
            }
        }
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase);
        var heard = new Heard(context.Request.HttpMethod, headers, body.ToArray());
        _heard.Enqueue(heard);
        context.Response.StatusCode = await Answer(heard);
        if (context.Response.StatusCode is >= 300 and < 400)
            context.Response.RedirectLocation = Address + "/elsewhere";
        try
        {
            foreach (var (name, value) in Headers)
                context.Response.Headers[name] = value;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Content));
            context.Response.Close();
        }
        catch (HttpListenerException)
        {
            // The sender has read enough.
        }
    }

    public void Dispose() => _listener.Close();
}
