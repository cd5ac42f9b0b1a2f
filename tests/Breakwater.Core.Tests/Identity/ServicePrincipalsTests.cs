using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Dapper;

namespace Breakwater.Core.Tests.Identity;

public sealed class ServicePrincipalsTests
{
    private static async Task<(DirectoryEntry Entry, NewSecret Secret)> CreateAsync(TestDirectory test, TimeSpan? lifetime = null)
    {
        var entry = await test.Services.CreateAsync(test.Managing, "deployer");
        var secret = await test.Services.AddSecretAsync(test.Managing, entry.Principal.Id, "first", test.Clock.GetUtcNow() + (lifetime ?? TimeSpan.FromDays(1)));
        return (entry, secret!);
    }

    private static async Task<SignInOutcome> TryAsync(TestDirectory test, DirectoryEntry entry, NewSecret secret) =>
        (await test.TryAsync(entry.Principal.Name, secret.Value.Reveal())).Outcome;

    [Fact]
    public async Task SignIn_AnyOfItsSecrets_IsAcceptedUntilRemoved()
    {
        await using var test = await TestDirectory.CreateAsync();
        var (entry, first) = await CreateAsync(test);
        var second = (await test.Services.AddSecretAsync(test.Managing, entry.Principal.Id, "second", null))!;

        Assert.Equal(SignInOutcome.Accepted, await TryAsync(test, entry, first));
        Assert.Equal(SignInOutcome.Accepted, await TryAsync(test, entry, second));

        Assert.True(await test.Services.RemoveSecretAsync(test.Managing, entry.Principal.Id, first.Id));
        Assert.Equal(SignInOutcome.Refused, await TryAsync(test, entry, first));
        Assert.Equal(SignInOutcome.Accepted, await TryAsync(test, entry, second));
    }

    [Fact]
    public async Task SignIn_ExpiredDisabledOrOthersSecret_IsRefused()
    {
        await using var test = await TestDirectory.CreateAsync();
        var (entry, secret) = await CreateAsync(test, TimeSpan.FromHours(1));
        var (other, othersSecret) = await CreateAsync(test);

        Assert.Equal(SignInOutcome.Refused, await TryAsync(test, entry, othersSecret));
        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync(other.Principal.Name.ToUpperInvariant(), othersSecret.Value.Reveal())).Outcome);
        await test.Services.SetDisabledAsync(test.Managing, other.Principal.Id, disabled: true);
        Assert.Equal(SignInOutcome.Refused, await TryAsync(test, other, othersSecret));
        test.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(SignInOutcome.Refused, await TryAsync(test, entry, secret));
        Assert.Equal(SignInOutcome.Refused, (await test.TryAsync(Guid.NewGuid().ToString("D"), secret.Value.Reveal())).Outcome);
    }

    [Fact]
    public async Task AddSecret_PastEndOrTooMany_NamesTheRemedy()
    {
        await using var test = await TestDirectory.CreateAsync();
        var (entry, _) = await CreateAsync(test);
        var id = entry.Principal.Id;

        await Assert.ThrowsAsync<InvalidValueException>(() => test.Services.AddSecretAsync(test.Managing, id, "old", test.Clock.GetUtcNow()));
        for (var i = 1; i < ServicePrincipals.MaxSecrets; i++)
            Assert.NotNull(await test.Services.AddSecretAsync(test.Managing, id, $"{i}", null));
        await Assert.ThrowsAsync<InvalidValueException>(() => test.Services.AddSecretAsync(test.Managing, id, "one more", null));
        Assert.Null(await test.Services.AddSecretAsync(test.Managing, Guid.NewGuid(), "nobody's", null));
    }

    [Fact]
    public async Task SignIn_Secret_IsNotedToTheHourAndNotStored()
    {
        await using var test = await TestDirectory.CreateAsync();
        var (entry, secret) = await CreateAsync(test);
        await TryAsync(test, entry, secret);

        var row = await test.Database.ReadAsync(db => db.QuerySingleAsync<(string Hint, byte[] Hash, long? Used)>(
            "SELECT hint, hash, last_used_at FROM service_principal_secret"));

        Assert.Equal(test.Clock.GetUtcNow().ToUnixTimeMilliseconds(), row.Used);
        Assert.StartsWith(row.Hint, secret.Value.Reveal(), StringComparison.Ordinal);
        Assert.Equal(32, row.Hash.Length);
        Assert.Equal(PrincipalKind.ServicePrincipal, entry.Principal.Kind);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("7f951dda4ed34680a7ca43fe172d538d")]
    public async Task CreateUser_NameLikeAnApplicationId_IsRefused(string name)
    {
        await using var test = await TestDirectory.CreateAsync();

        await Assert.ThrowsAsync<InvalidValueException>(() => test.Users.CreateAsync(test.Managing, name, null, TestDirectory.Password));
    }
}
