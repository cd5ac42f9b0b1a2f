using Breakwater.Core.Access;

namespace Breakwater.Server.Access;

/// <summary>Answers whoever has signed in to the management plane with what the rights of <paramref name="caller"/> let it see.</summary>
internal delegate Task SignedInHandler(HttpContext context, Caller caller);
