namespace Breakwater.Server.Management.OpenApi;

/// <summary>All operations of the management plane and the directory. One that is missing, or no longer there, fails a test.</summary>
internal static class Operations
{
    public const string Subscription = "/subscriptions/{subscription}", Group = Subscription + "/resourceGroups/{group}";

    public static IReadOnlyList<Operation> All { get; } =
        [.. RegistryOperations.All, .. UsageOperations.All, .. ChildOperations.All, .. NetworkOperations.All, .. RightsOperations.All, .. IdentityOperations.All, .. SubscriptionOperations.All, .. DirectoryOperations.All];

    public static Operation Get(string route, string id, string summary, Shape answer) => new("GET", route, id, summary) { Answer = answer };

    public static Operation List(string route, string id, string summary, Shape item, params string[] query) => new("GET", route, id, summary) { Answer = item, IsList = true, Query = query };

    public static Operation Put(string route, string id, string summary, Shape shape) => new("PUT", route, id, summary) { Body = shape.Body, Answer = shape };

    public static Operation Patch(string route, string id, string summary, Shape shape) => new("PATCH", route, id, summary) { Body = shape.Body, Answer = shape };

    public static Operation Delete(string route, string id, string summary) => new("DELETE", route, id, summary);

    public static Operation Post(string route, string id, string summary, Type? body, Shape? answer) => new("POST", route, id, summary) { Body = body, Answer = answer };
}
