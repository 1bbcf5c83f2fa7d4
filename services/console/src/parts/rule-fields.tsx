import type { RuleDraft } from '../domain/policy-draft.js';
import { Field } from './field.js';
import { RowRefusals } from './row-refusals.js';

interface RuleFieldsProps {
  readonly direction: 'inbound' | 'outbound';
  readonly rule: RuleDraft;
  readonly index: number;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onRemove: () => void;
}

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'ESP', 'GRE'] as const;

/** One rule of a policy: which protocol and ports, from or to where. */
export function RuleFields({ direction, rule, index, onChange, onRemove }: RuleFieldsProps) {
  const path = `input.${direction}.${index}`;
  const text = (name: 'ports' | 'cidrs' | 'description', label: string, hint: string) => (
    <Field label={label} path={`${path}.${name}`} hint={hint}>
      {(control) => (
        <input
          {...control}
          value={rule[name]}
          onChange={({ target }) => onChange({ ...rule, [name]: target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
  const title = direction === 'inbound' ? 'Inbound rule' : 'Outbound rule';
  return (
    <fieldset className="draft-row">
      <legend>
        {title} {index + 1}
      </legend>
      <div className="field-pair">
        <ProtocolField path={path} rule={rule} onChange={onChange} />
        {text('ports', 'Ports', 'Such as 443 or 1024-5000; only TCP and UDP have any.')}
      </div>
      {text(
        'cidrs',
        direction === 'inbound' ? 'From' : 'To',
        'Blocks such as 203.0.113.0/24, with commas between them.',
      )}
      {text('description', 'Description', 'What it is for.')}
      <RowRefusals path={path} />
      <p>
        <button className="link-button" type="button" onClick={onRemove}>
          Remove<span className="only-read"> {`${title.toLowerCase()} ${index + 1}`}</span>
        </button>
      </p>
    </fieldset>
  );
}

type ProtocolFieldProps = Pick<RuleFieldsProps, 'rule' | 'onChange'> & { readonly path: string };

const ProtocolField = ({ path, rule, onChange }: ProtocolFieldProps) => (
  <Field label="Protocol" path={`${path}.protocol`}>
    {(control) => (
      <select
        {...control}
        value={rule.protocol}
        onChange={({ target }) => onChange({ ...rule, protocol: target.value as RuleDraft['protocol'] })}
      >
        {PROTOCOLS.map((protocol) => (
          <option key={protocol}>{protocol}</option>
        ))}
      </select>
    )}
  </Field>
);
