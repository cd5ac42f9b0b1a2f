using Breakwater.Core.Access;

namespace Breakwater.Server.Access;

/// <summary>Answers a request on the registry as a whole; <paramref name="access"/> proves what was demanded.</summary>
internal delegate Task RegistryHandler(HttpContext context, RegistryAccess access);
