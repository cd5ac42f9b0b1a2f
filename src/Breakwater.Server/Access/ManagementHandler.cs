using Breakwater.Core.Access;

namespace Breakwater.Server.Access;

/// <summary>Answers a request of the management plane; <paramref name="access"/> proves what was demanded.</summary>
internal delegate Task ManagementHandler(HttpContext context, ManagementAccess access);
