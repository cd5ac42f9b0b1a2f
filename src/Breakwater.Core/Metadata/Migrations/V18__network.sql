-- By which networks a registry's content is reached. A registry that is there already is open, as it was.
ALTER TABLE registry ADD COLUMN network_default  INTEGER NOT NULL DEFAULT 0;      -- RuleAction of addresses that no rule is about: 0 allow, 1 deny
ALTER TABLE registry ADD COLUMN network_rules    TEXT    NOT NULL DEFAULT '';     -- one a line: Allow or Deny, a space, an address or network
ALTER TABLE registry ADD COLUMN network_private  INTEGER NOT NULL DEFAULT 0;      -- 1: publicNetworkAccess is Disabled
ALTER TABLE registry ADD COLUMN network_strict   INTEGER NOT NULL DEFAULT 0;      -- 1: networkRuleBypassOptions is None
ALTER TABLE registry ADD COLUMN data_endpoint    INTEGER NOT NULL DEFAULT 0;      -- 1: blobs are fetched from an address of their own
