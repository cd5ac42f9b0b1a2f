using System.Text.Json;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Tests.Tiers;

public sealed class TierOverridesTests
{
    [Fact]
    public void Apply_SomeLimits_LeavesTheOthersAsAzureHasThem()
    {
        var catalog = TierOverrides.Apply("""{"basic": {"maxBytes": 1000, "reads": {"perIdentity": null}, "uploadBytesPerSecond": 500}}""");

        var (basic, before) = (catalog.Find("Basic")!.Limits, TierCatalog.Default.Find("Basic")!.Limits);
        Assert.Equal(before with { MaxBytes = 1000, Reads = before.Reads with { PerIdentity = null }, UploadBytesPerSecond = 500 }, basic);
        Assert.Equal(TierCatalog.Default.Find("Premium"), catalog.Find("Premium"));
    }

    [Theory]
    [InlineData("""{"Gold": {}}""")]
    [InlineData("""{"Basic": {"maxBites": 1}}""")]
    [InlineData("""{"Basic": {"tokens": -1}}""")]
    [InlineData("""{"Basic": {"tokens": null}}""")]
    [InlineData("""{"Basic": {"reads": {"perRegistry": -5}}}""")]
    [InlineData("""{"Basic": {"tokens": "many"}}""")]
    [InlineData("null")]
    public void Apply_WhatCannotBeMeant_IsRefused(string text) => Assert.Throws<JsonException>(() => TierOverrides.Apply(text));
}
