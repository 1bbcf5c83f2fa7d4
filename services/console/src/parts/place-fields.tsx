import { Field } from './field.js';

/** Hetzner project or GitLab connection. */
interface Connection {
  readonly id: string;
  readonly name: string;
}

interface PlaceFieldsProps {
  readonly hetznerProjects: readonly Connection[];
  readonly gitlabConnections: readonly Connection[];
}

/** For whom a pool is and where: settled at its creation. */
export function PlaceFields({ hetznerProjects, gitlabConnections }: PlaceFieldsProps) {
  return (
    <>
      <Choice label="GitLab connection" path="input.gitlabConnectionId" connections={gitlabConnections} />
      <Field label="Takes jobs of" path="input.scope.kind">
        {(control) => (
          <select {...control}>
            <option value="GROUP">a group</option>
            <option value="PROJECT">a project</option>
            <option value="INSTANCE">the whole instance</option>
          </select>
        )}
      </Field>
      <Field
        label="Full path"
        path="input.scope.fullPath"
        hint="Such as acme/backend. Left empty for the whole instance."
      >
        {(control) => <input {...control} autoComplete="off" spellCheck={false} />}
      </Field>
      <Choice label="Hetzner project" path="input.hetznerProjectId" connections={hetznerProjects} />
      <Field
        label="Runners"
        path="input.size"
        hint="Each has a static IP of its own, which costs every hour."
      >
        {(control) => <input {...control} inputMode="numeric" defaultValue="4" autoComplete="off" />}
      </Field>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly path: string;
  readonly connections: readonly Connection[];
}

const Choice = ({ label, path, connections }: ChoiceProps) => (
  <Field label={label} path={path} {...(connections.length === 0 && { hint: 'None is connected yet.' })}>
    {(control) => (
      <select {...control}>
        {connections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);
