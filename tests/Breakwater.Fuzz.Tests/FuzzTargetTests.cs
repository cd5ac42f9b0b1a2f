using System.Text;

namespace Breakwater.Fuzz.Tests;

/// <summary>Runs each target over its corpus and over changed inputs, the same in every run: the targets work and find what a short run finds.</summary>
public sealed class FuzzTargetTests
{
    private static readonly int Inputs = Environment.GetEnvironmentVariable("BREAKWATER_SOAK") == "1" ? 1_000_000 : 20_000;

    public static TheoryData<string> Names => [.. FuzzTarget.All.Select(target => target.Name)];

    private static string CorpusOf(string name) => Path.Combine(AppContext.BaseDirectory, "corpus", name);

    private static List<byte[]> Read(string name) => [.. Directory.GetFiles(CorpusOf(name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Target_CorpusAndItsChanges_ReadAsTheOracleSays(string name)
    {
        var target = FuzzTarget.Find(name)!;
        var corpus = Read(name);
        foreach (var input in corpus)
            Run(target, input);
        target.Run([]);
        var mutator = new Mutator(corpus, target.Words, seed: 20261127);
        for (var i = 0; i < Inputs; i++)
            Run(target, mutator.Next());
    }

    [Fact]
    public void Corpus_EachFolder_BelongsToATarget() => Assert.Equal(
        FuzzTarget.All.Select(target => target.Name).Order(StringComparer.Ordinal), Directory.GetDirectories(CorpusOf("")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Mutator_SameSeed_GivesTheSameInputs()
    {
        var (one, other) = (new Mutator([[1, 2, 3]], ["word"], seed: 7), new Mutator([[1, 2, 3]], ["word"], seed: 7));
        var inputs = Enumerable.Range(0, 500).Select(_ => one.Next()).ToList();

        Assert.All(inputs, input => Assert.Equal(input, other.Next()));
        Assert.True(inputs.Select(Convert.ToHexString).Distinct().Count() > 200);
    }

    [Fact]
    public void Oracle_Disagreement_IsSeen() => Assert.Throws<OracleException>(() => OracleException.Require(false, "no"));

    private static void Run(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{target.Name} fails at {Convert.ToHexString(input)} ({Encoding.Latin1.GetString(input)}): {e.Message}", e);
        }
    }
}
