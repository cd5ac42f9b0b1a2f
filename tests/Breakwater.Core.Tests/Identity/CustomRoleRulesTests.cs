using Breakwater.Core.Access;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class CustomRoleRulesTests
{
    private const string Prefix = "Microsoft.ContainerRegistry/registries/";

    private static CustomRoleContent Content(string? action = null, string? dataAction = null, string name = "puller") => new(
        name,
        null,
        new RolePermissions { Actions = action is null ? [] : [new(action)], DataActions = dataAction is null ? [] : [new(dataAction)] },
        [RoleScope.Installation]);

    [Theory]
    [InlineData("*")]
    [InlineData("*/read")]
    [InlineData(Prefix + "*")]
    [InlineData(Prefix + "PULL/read")]
    [InlineData(Prefix + "webhooks/write")]
    [InlineData("Microsoft.Storage/storageAccounts/read")]
    public void Require_GoodAction_Passes(string action) => CustomRoleRules.Require(Content(action));

    [Theory]
    [InlineData("")]
    [InlineData("pull")]
    [InlineData("/read")]
    [InlineData("a//read")]
    [InlineData("a/read/")]
    [InlineData("a b/read")]
    [InlineData("a/read\n")]
    [InlineData("a/\u00e9")]
    [InlineData("a/read?")]
    public void Require_NoPermission_IsRefused(string action) =>
        Assert.Contains("is no permission", Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content(action))).Message, StringComparison.Ordinal);

    [Fact]
    public void Require_LongestPattern_HasABound()
    {
        CustomRoleRules.Require(Content("a/" + new string('x', 254)));
        Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content("a/" + new string('x', 255))));
    }

    [Theory]
    [InlineData(Prefix + "pul/read", Prefix + "pull/read")]
    [InlineData(Prefix + "push/wrte", Prefix + "push/write")]
    public void Require_SlipOfAnAction_NamesWhatWasMeant(string action, string meant) =>
        Assert.Contains($"Did you mean {meant}?", Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content(action))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Prefix + "repositories/content/raed", "Did you mean " + Prefix + "repositories/content/read?")]
    [InlineData(Prefix + "pull/read", "is no data action")]
    [InlineData("Microsoft.Storage/x/read", "There are: ")]
    [InlineData("Microsoft.Storage/*", "There are: ")]
    public void Require_UnknownDataAction_IsRefused(string action, string says) =>
        Assert.Contains(says, Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content(dataAction: action))).Message, StringComparison.Ordinal);

    [Fact]
    public void Require_DataActions_MayBeWildcardsThatMatchSome()
    {
        foreach (var action in new[] { Prefix + "repositories/*/read", "*", Prefix + "catalog/read" })
            CustomRoleRules.Require(Content(dataAction: action));
    }

    [Fact]
    public void Require_NamesScopesAndNumbers_HaveBounds()
    {
        Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content("*", name: " ")));
        Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content("*", name: "a\nb")));
        Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(Content("*") with { Scopes = [] }));
        Assert.Throws<InvalidValueException>(() => CustomRoleRules.Require(
            Content() with { Permissions = new RolePermissions { NotActions = [.. Enumerable.Range(0, 1025).Select(i => new PermissionPattern($"a/{i}"))] } }));
    }
}
