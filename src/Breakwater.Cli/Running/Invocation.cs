using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Profiles;
using Breakwater.Client.Errors;
using Spectre.Console;

namespace Breakwater.Cli.Running;

/// <summary>One run of one command: what it was given, and what it works with.</summary>
internal sealed class Invocation(ParseResult parsed, Surroundings around, CancellationToken stop) : IDisposable
{
    private Connection? connection;

    public CancellationToken Stop => stop;

    public Surroundings Around => around;

    public ProfileStore Profiles { get; } = new(around.ConfigFolder, around.Clock);

    public string ProfileName => ProfileStore.Check(
        Value(CommonOptions.Profile) ?? (around.Variable(CommonOptions.ProfileVariable) is { Length: > 0 } name ? name : ProfileStore.DefaultName));

    /// <summary>The server of the profile, with its sign-in.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotSignedIn"/></exception>
    public Connection Connection => connection ??= Open(ProfileName);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Shows that something is going on, on a terminal.</summary>
    public Task<T> WaitAsync<T>(string what, Func<Task<T>> work) => around.UsesColor(around.ErrorIsTerminal)
        ? Screen.Error(around).Status().StartAsync(Markup.Escape(what), _ => work())
        : work();

    /// <summary>The same, for work that tells how far it is.</summary>
    public Task<T> WaitAsync<T>(string what, Func<Action<string>, Task<T>> work) => around.UsesColor(around.ErrorIsTerminal)
        ? Screen.Error(around).Status().StartAsync(Markup.Escape(what), status => work(text => status.Status(Markup.Escape($"{what} {text}"))))
        : work(_ => { });

    /// <summary>The same for many things one after the other, with how many are done.</summary>
    public Task<List<TResult>> EachAsync<T, TResult>(string what, IReadOnlyList<T> items, Func<T, Task<TResult>> work) => around.UsesColor(around.ErrorIsTerminal) && items.Count > 1
        ? Screen.Error(around).Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(what), maxValue: items.Count);
            return await RunEachAsync(items, work, () => task.Increment(1));
        })
        : RunEachAsync(items, work, () => { });

    /// <exception cref="BreakwaterException">No, or nobody can be asked.</exception>
    public void Confirm(string question, Option<bool> yes)
    {
        if (Value(yes))
            return;
        if (!around.AsksPerson)
            throw new BreakwaterException(ErrorKind.Invalid, $"{question} Nobody can be asked here, and nothing was done.", "Add --yes if it is meant.");
        around.Error.Write($"{Printable.Of(question)} [y/N] ");
        if (around.Input.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
            throw new BreakwaterException(ErrorKind.Failed, "Nothing was done.");
    }

    public void Dispose() => connection?.Dispose();

    private Connection Open(string name) => Profiles.Find(name) is { } profile
        ? new Connection(profile, around, new ProfileKeeper(Profiles, name, profile))
        : throw new BreakwaterException(ErrorKind.NotSignedIn, name == ProfileStore.DefaultName ? "Nobody has signed in." : $"Nobody has signed in with the profile '{name}'.", "Sign in with 'breakwater login SERVER'.");

    private static async Task<List<TResult>> RunEachAsync<T, TResult>(IReadOnlyList<T> items, Func<T, Task<TResult>> work, Action done)
    {
        var results = new List<TResult>();
        foreach (var item in items)
        {
            results.Add(await work(item));
            done();
        }
        return results;
    }
}
