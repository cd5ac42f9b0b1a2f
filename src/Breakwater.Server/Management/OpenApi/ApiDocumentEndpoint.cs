using System.Text.Json;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management.OpenApi;

/// <summary><c>GET /openapi.json</c>: the same for everybody and in every installation of a version.</summary>
internal sealed class ApiDocumentEndpoint(IServiceProvider services)
{
    public const string Path = "/openapi.json";

    private readonly Lazy<byte[]> _document = new(() => JsonSerializer.SerializeToUtf8Bytes(ApiDocument.Write(services.GetServices<EndpointDataSource>())));

    public void Map(IEndpointRouteBuilder endpoints) => new OpenRoutes(endpoints).Map("GET", Path, "public metadata", GetAsync);

    private Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = _document.Value.Length;
        return context.Response.Body.WriteAsync(_document.Value, context.RequestAborted).AsTask();
    }
}
