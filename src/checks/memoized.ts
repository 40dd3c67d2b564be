/** A function of one object whose answer is worked out once: several rules ask the same of a context. */
export function memoized<Subject extends object, Answer>(work: (subject: Subject) => Answer): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, Answer>();
  return (subject) => {
    if (!answers.has(subject)) answers.set(subject, work(subject));
    return answers.get(subject)!;
  };
}
