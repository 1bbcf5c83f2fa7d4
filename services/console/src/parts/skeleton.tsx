/** The frame of what is being read. */
export function Skeleton() {
  return (
    <div className="card skeleton" aria-busy="true">
      <span className="only-read">Loading …</span>
    </div>
  );
}
