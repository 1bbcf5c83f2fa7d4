import { hasControlCharacters, refusal, type Refusal } from '@cleanroom/kernel';
import { areOpenToAnyone, isOpenToAnyone, parseCidr } from './cidr.js';
import type { FirewallRule, PolicyRules } from './firewall-rule.js';
import { includesPort, parsePorts } from './port-range.js';
import { requiredOutboundRules } from './required-rules.js';

/** Hetzner: 50 rules a firewall, 100 CIDRs a rule, descriptions to 255 characters. */
const MOST_RULES = 50;
const MOST_CIDRS = 100;
const LONGEST_DESCRIPTION = 255;
const LONGEST_NAME = 100;
const SSH_PORT = 22;

/** What is wrong with a policy, each with the path of its field; empty when it is good. */
export function checkPolicy(name: string, rules: PolicyRules): Refusal[] {
  return [
    ...checkName(name),
    ...checkCount(rules),
    ...rules.inbound.flatMap((rule, i) => [...checkRule(rule, 'inbound', i), ...checkException(rule, i)]),
    ...checkExceptions(rules),
    ...rules.outbound.flatMap((rule, i) => checkRule(rule, 'outbound', i)),
  ];
}

function checkName(name: string): Refusal[] {
  const text = name.trim();
  if (text.length >= 1 && text.length <= LONGEST_NAME && !hasControlCharacters(text)) return [];
  return [refusal('INVALID', `A name has 1 to ${LONGEST_NAME} characters, in one line.`, 'input', 'name')];
}

/** The rules that every machine needs are added to outbound ones and must find room. */
function checkCount({ inbound, outbound }: PolicyRules): Refusal[] {
  const added = outbound.length > 0 ? requiredOutboundRules.length : 0;
  if (inbound.length + outbound.length + added <= MOST_RULES) return [];
  const room = added > 0 ? `, ${added} of which are needed for DNS, Cleanroom and GitLab` : '';
  const fullest = outbound.length >= inbound.length ? 'outbound' : 'inbound';
  return [refusal('INVALID', `A policy has at most ${MOST_RULES} rules${room}.`, 'input', fullest)];
}

function checkRule(rule: FirewallRule, direction: 'inbound' | 'outbound', index: number): Refusal[] {
  const at = ['input', direction, String(index)];
  return [...checkPorts(rule, at), ...checkCidrs(rule, at), ...checkDescription(rule, at)];
}

function checkPorts({ protocol, ports }: FirewallRule, at: string[]): Refusal[] {
  const takesPorts = protocol === 'TCP' || protocol === 'UDP';
  if (!takesPorts) {
    return ports === undefined ? [] : [refusal('INVALID', `${protocol} has no ports.`, ...at, 'ports')];
  }
  if (ports !== undefined && parsePorts(ports)) return [];
  return [
    refusal('INVALID', 'Ports are one port such as 443, or a range such as 1024-5000.', ...at, 'ports'),
  ];
}

function checkCidrs({ cidrs }: FirewallRule, at: string[]): Refusal[] {
  if (cidrs.length < 1 || cidrs.length > MOST_CIDRS) {
    return [refusal('INVALID', `A rule has 1 to ${MOST_CIDRS} CIDRs.`, ...at, 'cidrs')];
  }
  return cidrs.flatMap((text, i) => {
    const wrong = whatIsWrong(text);
    return wrong === undefined ? [] : [refusal('INVALID', wrong, ...at, 'cidrs', String(i))];
  });
}

/** Whoever writes an address with a prefix may mean that address or its block: guessing could open far too much. */
function whatIsWrong(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return 'A CIDR looks like 203.0.113.0/24 or 2001:db8::/32.';
  if (cidr.meant === undefined) return undefined;
  const [address = ''] = text.split('/');
  const alone = `${address}/${cidr.family === 4 ? 32 : 128}`;
  return `${text} is an address within a block: write ${cidr.meant} for the block, or ${alone} for the address.`;
}

function checkDescription({ description }: FirewallRule, at: string[]): Refusal[] {
  if (description === undefined) return [];
  if (description.length <= LONGEST_DESCRIPTION && !hasControlCharacters(description)) return [];
  const message = `A description has at most ${LONGEST_DESCRIPTION} characters, in one line.`;
  return [refusal('INVALID', message, ...at, 'description')];
}

/** An inbound rule is an exception to "nobody gets in": never for everybody, and never for SSH. */
function checkException({ ports, cidrs }: FirewallRule, index: number): Refusal[] {
  const at = ['input', 'inbound', String(index)];
  const range = ports === undefined ? undefined : parsePorts(ports);
  const ssh =
    range && includesPort(range, SSH_PORT)
      ? [refusal('NOT_ALLOWED', 'Port 22 is never opened.', ...at, 'ports')]
      : [];
  const open = cidrs.flatMap((text, i) => {
    const cidr = parseCidr(text);
    return cidr && isOpenToAnyone(cidr)
      ? [refusal('NOT_ALLOWED', 'Inbound rules are never open to everybody.', ...at, 'cidrs', String(i))]
      : [];
  });
  return [...ssh, ...open];
}

/** Many narrow blocks side by side are the same open door as a wide one, also where they stand in several rules. */
function checkExceptions({ inbound }: PolicyRules): Refusal[] {
  return areOpenToAnyone(inbound.flatMap(({ cidrs }) => cidrs))
    ? [refusal('NOT_ALLOWED', 'Inbound rules together are nearly open to everybody.', 'input', 'inbound')]
    : [];
}
