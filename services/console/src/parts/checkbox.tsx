interface CheckboxProps {
  readonly name: string;
  readonly label: string;
  readonly isChecked: boolean;
}

/** Yes or no. */
export const Checkbox = ({ name, label, isChecked }: CheckboxProps) => (
  <label className="checkbox">
    <input type="checkbox" name={name} defaultChecked={isChecked} /> {label}
  </label>
);
