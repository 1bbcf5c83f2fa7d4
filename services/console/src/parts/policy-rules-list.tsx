import type { PolicyRules } from '../domain/policy-draft.js';
import { impliedRules, ruleWords } from '../domain/policy-words.js';

/** What a policy opens, in words; what is open besides is greyed. */
export const PolicyRulesList = ({ policy }: { readonly policy: PolicyRules }) => (
  <div className="rules">
    <div>
      <h3>Out</h3>
      <ul>
        {policy.outbound.map((rule, index) => (
          <li key={index}>
            {ruleWords(rule, 'to')} {rule.description && <span className="muted">{rule.description}</span>}
          </li>
        ))}
        {impliedRules(policy).map((words) => (
          <li key={words} className="muted">
            {words}
          </li>
        ))}
      </ul>
    </div>
    <div>
      <h3>In</h3>
      <ul>
        {policy.inbound.map((rule, index) => (
          <li key={index}>
            {ruleWords(rule, 'from')} {rule.description && <span className="muted">{rule.description}</span>}
          </li>
        ))}
        <li className="muted">
          {policy.inbound.length === 0
            ? 'Nothing gets in.'
            : 'Hetzner’s firewall only: the machine’s own packet filter still lets nothing in.'}
        </li>
      </ul>
    </div>
  </div>
);
