using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary>
/// What <c>repository show</c>, <c>update</c> and <c>delete</c> are about. az has <c>--repository</c> for a whole repository and <c>--image</c> for one image in it, so that
/// a forgotten tag does not lock or delete all of it; so it is here: the word alone may be either, the flags may not.
/// </summary>
internal sealed class RepositorySubject
{
    private readonly Argument<string?> word = new("IMAGE") { Description = "REPOSITORY, REPOSITORY:TAG or REPOSITORY@DIGEST.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> repository = new("--repository") { Description = "A whole repository.", HelpName = "REPOSITORY" };
    private readonly Option<string?> image = new("--image", "-t") { Description = "An image, with its tag or digest.", HelpName = "IMAGE" };

    public void AddTo(Command command)
    {
        command.Add(word);
        command.Add(repository);
        command.Add(image);
    }

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public ImageName In(Invocation call)
    {
        string?[] given = [call.Value(word), call.Value(repository), call.Value(image)];
        if (given.Count(text => text is not null) != 1)
            throw new BreakwaterException(ErrorKind.Invalid, "It must be named once what this is about.", "Write REPOSITORY, REPOSITORY:TAG or REPOSITORY@DIGEST after the command.");
        if (call.Value(repository) is { } whole)
            return new ImageName(ImageName.ParseRepository(whole), null, null);
        return call.Value(image) is { } one ? ImageName.ParseReferred(one) : ImageName.Parse(call.Value(word)!);
    }
}
