namespace Breakwater.Core.Network;

/// <summary>Reads bodies that are to be small.</summary>
internal static class RemoteBody
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Limit);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(time.Token);
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, time.Token)) > 0)
            {
                if (body.Length + read > limit)
                    throw new RemoteException(RemoteFailure.Final, $"The source's answer is larger than {limit} bytes.");
                body.Write(buffer, 0, read);
            }
            return body.ToArray();
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RemoteException(RemoteFailure.Passing, "The source's answer broke off.", e);
        }
    }
}
