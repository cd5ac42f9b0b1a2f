using Breakwater.Core.Tests.Installation;

namespace Breakwater.Core.Tests.Model;

/// <summary>Random histories, compared with the model after every step and recounted at the end.</summary>
public sealed class RegistryModelTests
{
    private const int Steps = 90;

    /// <summary>Set it to repeat one history: the failure names it.</summary>
    private static readonly string? Repeat = Environment.GetEnvironmentVariable("BREAKWATER_MODEL_SEED");

    public static TheoryData<int> Seeds()
    {
        if (Repeat is not null)
            return [int.Parse(Repeat)];
        // Three that never change, so that a broken one is broken for everyone, and three new ones each time.
        var random = new Random();
        return [1, 2, 3, random.Next(), random.Next(), random.Next()];
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task History_Random_IsWhatTheModelSays(int seed)
    {
        await using var installation = await TestInstallation.StartAsync();
        var history = new RegistryHistory(installation, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                await history.StepAsync();
                await history.CompareAsync();
            }
            catch (Exception e)
            {
                Assert.Fail($"BREAKWATER_MODEL_SEED={seed}, step {step}:\n{string.Join('\n', history.Log)}\n{e}");
            }
        }
        await installation.AssertSoundAsync();
    }
}
