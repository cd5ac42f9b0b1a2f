"""
Debian's azure-cli is packaged with another SDK than its network commands were written for: none of them loads, since arguments that private endpoints do not have
name what that SDK lacks. Here those are left out. What the commands send and read is azure-cli's own: it stands in files that need no SDK.
"""
import importlib.abc
import importlib.util
import sys

PARAMETERS = "azure.cli.command_modules.network._params"


class WithoutArguments(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == PARAMETERS else None

    def exec_module(self, module):
        module.load_arguments = lambda loader, command: None


sys.meta_path.insert(0, WithoutArguments())
