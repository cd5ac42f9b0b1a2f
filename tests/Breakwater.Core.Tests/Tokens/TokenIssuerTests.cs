using Breakwater.Core.Access;
using Breakwater.Core.Tokens;

namespace Breakwater.Core.Tests.Tokens;

public sealed class TokenIssuerTests
{
    [Theory]
    [InlineData("repository:a/b:pull", RepositoryActions.Pull)]
    [InlineData("repository:a/b:pull,push", RepositoryActions.Pull | RepositoryActions.Push)]
    [InlineData("repository:a/b:pull repository:a/b:delete", RepositoryActions.Pull | RepositoryActions.Delete)]
    [InlineData("repository:a/b:*", RepositoryActions.All)]
    [InlineData("repository:a/b:metadata_read,metadata_write", RepositoryActions.MetadataRead | RepositoryActions.MetadataWrite)]
    [InlineData("repository:a/b:pull,fly", RepositoryActions.Pull)]
    [InlineData("repository:a/b:", RepositoryActions.None)]
    [InlineData("repository:a/b", RepositoryActions.None)]
    [InlineData("repository:a/bc:pull", RepositoryActions.None)]
    [InlineData("repository:*:pull", RepositoryActions.None)]
    [InlineData("Repository:a/b:pull", RepositoryActions.None)]
    [InlineData("repository(plugin):a/b:pull", RepositoryActions.None)]
    [InlineData("registry:catalog:*", RepositoryActions.None)]
    [InlineData(":::", RepositoryActions.None)]
    [InlineData("", RepositoryActions.None)]
    public async Task Issue_ScopesOfOwner_AreGrantedAsAsked(string scope, RepositoryActions expected)
    {
        await using var test = await TestTokens.CreateAsync();

        var caller = await test.ValidateAsync(test.Issue(scope));

        Assert.Equal(expected, TestTokens.Granted(caller, "a/b"));
    }

    [Theory]
    [InlineData("registry:catalog:*", RegistryActions.SignIn | RegistryActions.Catalog)]
    [InlineData("registry:catalog:pull", RegistryActions.SignIn)]
    [InlineData("registry:other:*", RegistryActions.SignIn)]
    public async Task Issue_RegistryScope_IsGranted(string scope, RegistryActions expected)
    {
        await using var test = await TestTokens.CreateAsync();

        Assert.Equal(expected, (await test.ValidateAsync(test.Issue(scope)))!.Limit!.Registry);
    }

    [Theory]
    [InlineData("repository:a/b:pull,push", RepositoryActions.Pull | RepositoryActions.Sign)]
    [InlineData("repository:a/b:delete", RepositoryActions.Sign)]
    [InlineData("repository:a/b:sign", RepositoryActions.Sign)]
    [InlineData("repository:a/b:*", RepositoryActions.Pull | RepositoryActions.MetadataRead | RepositoryActions.Sign)]
    [InlineData("repository:a/b:pull", RepositoryActions.Pull)]
    public async Task Issue_ScopesOfSigner_CarrySigningWithPushing(string scope, RepositoryActions expected)
    {
        await using var test = await TestTokens.CreateAsync();
        var id = test.Owner.Principal.Id;
        var signer = new Caller(test.Owner.Principal, new PrincipalRights(id, [], [new(Guid.NewGuid(), id, BuiltInRoles.AcrPull, RoleScope.Installation), new(Guid.NewGuid(), id, BuiltInRoles.AcrImageSigner, RoleScope.Installation)]));

        var token = test.Issuer.Issue(signer, test.Registry, TestTokens.Host, [scope]);

        Assert.Equal(expected, TestTokens.Granted(await test.ValidateAsync(token.Text), "a/b"));
    }

    [Fact]
    public async Task Issue_CallerWithoutRights_GetsATokenForNothing()
    {
        await using var test = await TestTokens.CreateAsync();
        var nobody = new Caller(test.Owner.Principal, PrincipalRights.None);

        var token = test.Issuer.Issue(nobody, test.Registry, TestTokens.Host, ["repository:a/b:*", "registry:catalog:*"]);
        var limit = (await test.ValidateAsync(token.Text))!.Limit!;

        Assert.Equal(RegistryActions.SignIn, limit.Registry);
        Assert.Empty(limit.Repositories);
        Assert.Equal("***", token.ToString());
        Assert.Equal(TokenDefaults.AccessLifetime, token.Lifetime);
    }
}
