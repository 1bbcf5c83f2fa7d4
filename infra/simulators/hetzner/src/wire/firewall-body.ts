import type { Firewall, FirewallTarget, Project } from '../state.js';
import { parseLabelSelector } from '../label-selector.js';
import { instant } from './instant.js';

/** A firewall in its wire form. */
export const firewallBody = (project: Project, firewall: Firewall): object => ({
  id: firewall.id,
  name: firewall.name,
  labels: firewall.labels,
  created: instant(firewall.created),
  rules: firewall.rules,
  applied_to: firewall.appliedTo.map((target) => targetBody(project, target)),
});

function targetBody(project: Project, target: FirewallTarget): object {
  if (target.type === 'server') return { type: 'server', server: { id: target.serverId } };
  const matches = parseLabelSelector(target.selector);
  const found = Object.values(project.servers).filter(({ labels }) => matches?.(labels));
  return {
    type: 'label_selector',
    label_selector: { selector: target.selector },
    applied_to_resources: found.map(({ id }) => ({ type: 'server', server: { id } })),
  };
}
