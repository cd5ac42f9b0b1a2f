using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Storage;
using Breakwater.Server.Tests.Matrix;

namespace Breakwater.Server.Tests.Management;

/// <summary>The exchange of a root key as its clients see it.</summary>
public sealed class RootKeyTests(MatrixHost host) : IClassFixture<MatrixHost>, IRotationWitness
{
    private const string Version = "?api-version=2025-11-01";

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(HttpMethod method, string tail)
    {
        using var request = new HttpRequestMessage(method, $"{host.Standing.Registry}/{tail}{Version}");
        request.Headers.Authorization = MatrixTargets.Maker;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    [Fact]
    public async Task RotateRootKey_UntilItsEnd_IsShownAndRefusesAnother()
    {
        Assert.Equal("Never", (string)(await SendAsync(HttpMethod.Get, "rootKeyRotation")).Answer["state"]!);
        var (status, begun) = await SendAsync(HttpMethod.Post, "rotateRootKey");
        Assert.Equal((HttpStatusCode.Accepted, "ReEncrypting", 2), (status, (string)begun["state"]!, (int)begun["epoch"]!));
        Assert.True((long)begun["totalItems"]! > 0);
        var (again, error) = await SendAsync(HttpMethod.Post, "rotateRootKey");
        Assert.Equal((HttpStatusCode.Conflict, "Conflict"), (again, (string)error["error"]!["code"]!));

        await host.RotateAsync(this);
        var (_, shown) = await SendAsync(HttpMethod.Get, "rootKeyRotation");
        Assert.Equal(("Closing", 0, 0), ((string)shown["state"]!, (int)shown["unreadableItems"]!, (int)shown["uploadsInUse"]!));
        Assert.Equal((long)shown["totalItems"]!, (long)shown["doneItems"]!);
        Assert.Null(shown["endTime"]);
    }

    void IRotationWitness.Found(Registry registry, CorruptObjectException corrupt) => Assert.Fail(corrupt.Message);

    void IRotationWitness.Failed(Registry registry, Exception problem) => Assert.Fail($"{problem}");

    ValueTask IRotationWitness.DoneAsync(Registry registry, RootKeyRotation rotation) => ValueTask.CompletedTask;
}
