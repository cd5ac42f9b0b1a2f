using Breakwater.Server.Configuration;

namespace Breakwater.Server.Tests.Configuration;

public sealed class SettingKeysTests
{
    // What these show at their default is a word and not a value.
    private static readonly string[] WordsForAbsent = ["installation", "tls-cert", "tls-key", "hosts", "owner-password", "owner-password-file", "max-connections", "otlp-endpoint"];

    [Fact]
    public void Defaults_AsShown_AreReadBackToTheSameSettings()
    {
        var defaults = new ServerSettings();
        foreach (var key in SettingKeys.All.Where(key => !WordsForAbsent.Contains(key.Name)))
            Assert.Equal(key.Show(defaults), key.Show(key.Apply(defaults, key.Show(defaults))));
    }

    [Fact]
    public void Names_All_AreWordsWithDashesAndUnique()
    {
        Assert.All(SettingKeys.All, key => Assert.Matches("^[a-z]+(-[a-z]+)*$", key.Name));
        Assert.Distinct(SettingKeys.All.Select(key => key.Variable));
    }

    [Fact]
    public void Show_Secret_IsHidden() =>
        Assert.All(SettingKeys.All.Where(key => key.IsSecret), key => Assert.Equal("***", key.Show(key.Apply(new(), "hunter2 hunter2"))));

    [Fact]
    public void ToString_WithPassword_DoesNotHoldIt() =>
        Assert.DoesNotContain("hunter2", new ServerSettings { OwnerPassword = new("hunter2 hunter2") }.ToString(), StringComparison.Ordinal);
}
