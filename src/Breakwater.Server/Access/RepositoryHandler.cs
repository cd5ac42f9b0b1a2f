using Breakwater.Core.Access;

namespace Breakwater.Server.Access;

/// <summary>Answers a request on a repository; <paramref name="access"/> proves what was demanded.</summary>
internal delegate Task RepositoryHandler(HttpContext context, RepositoryAccess access);
