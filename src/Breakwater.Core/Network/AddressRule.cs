using Breakwater.Core.Identity;

namespace Breakwater.Core.Network;

/// <summary>One rule of a registry's firewall.</summary>
public sealed record AddressRule(RuleAction Action, AddressRange Range)
{
    /// <exception cref="InvalidValueException">The address is not valid; the message says what to write.</exception>
    public static AddressRule Parse(RuleAction action, string value) => new(action, AddressRange.Parse(value));

    /// <summary>As the database keeps it.</summary>
    public override string ToString() => $"{Action} {Range}";

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Somebody else wrote it: a rule that is passed by could let somebody in.</exception>
    internal static AddressRule Read(string line)
    {
        try
        {
            return line.Split(' ') switch
            {
                [nameof(RuleAction.Allow), var value] => Parse(RuleAction.Allow, value),
                [nameof(RuleAction.Deny), var value] => Parse(RuleAction.Deny, value),
                _ => throw new InvalidDataException($"The database has a network rule that is none: '{line}'. Restore a backup."),
            };
        }
        catch (InvalidValueException e)
        {
            throw new InvalidDataException($"The database has a network rule that is none: {e.Message} Restore a backup.", e);
        }
    }
}
