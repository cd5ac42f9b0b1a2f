using System.Net.Http.Headers;
using System.Text;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Network;

/// <summary>A name and a password, for one registry and the token service that it names.</summary>
internal sealed record RemoteLogin(string Name, Secret Password)
{
    public AuthenticationHeaderValue Header => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Password.Reveal()}")));
}
