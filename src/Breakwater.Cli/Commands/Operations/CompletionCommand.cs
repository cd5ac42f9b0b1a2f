using System.CommandLine;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater completion</c>: scripts that ask the program itself, by System.CommandLine's <c>[suggest]</c> directive.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] =
            """
            # eval "$(breakwater completion bash)"
            _breakwater() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(breakwater "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _breakwater breakwater
            """,
        ["zsh"] =
            """
            # eval "$(breakwater completion zsh)"
            _breakwater() {
                local -a found
                found=("${(@f)$(breakwater "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a found
            }
            compdef _breakwater breakwater
            """,
        ["fish"] =
            """
            # breakwater completion fish | source
            function __breakwater
                breakwater "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null
            end
            complete -c breakwater -f -a '(__breakwater)'
            """,
        ["pwsh"] =
            """
            # breakwater completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName breakwater -ScriptBlock {
                param($word, $line, $at)
                breakwater "[suggest:$at]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    private readonly Argument<string> shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");

    public CompletionCommand()
        : base("completion", "Print a script that completes commands in a shell.") => Add(shell);

    public override Task<Answer> RunAsync(Invocation call) => Task.FromResult(Answer.Text(Scripts[call.Value(shell)!] + "\n"));
}
