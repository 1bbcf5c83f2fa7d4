import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { queryClient, sessionQuery } from '../adapters/queries.js';
import { signIn } from '../adapters/session.js';
import { isDemo } from '../adapters/settings.js';
import { Logo } from '../parts/logo.js';

/** Where the way back may lead: to a page of ours. */
const OURS = /^\/console(?=[/?#]|$)(?!\/sign-in)[^\\]*$/;
const HOME = '/console/';

/** The way in, with an API token. */
export function SignInPage() {
  const [trouble, setTrouble] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { back = HOME } = useSearch({ from: '/sign-in' });
  const { history } = useRouter();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsking(true);
    const said = await tryToken(String(new FormData(event.currentTarget).get('token') ?? ''));
    setAsking(false);
    setTrouble(said);
    if (said === '') history.replace(OURS.test(back) ? back : HOME);
  };
  return (
    <main className="sign-in">
      <title>Sign in · Cleanroom</title>
      <form className="card" onSubmit={(event) => void submit(event)}>
        <Logo />
        <h1>Sign in to Cleanroom</h1>
        <TokenField isWrong={trouble !== ''} />
        <p className="trouble" id="trouble" role="alert">
          {trouble}
        </p>
        <button className="button main-button" type="submit" disabled={isAsking}>
          {isAsking ? 'Signing in …' : 'Sign in'}
        </button>
        <AboutToken />
      </form>
    </main>
  );
}

const TokenField = ({ isWrong }: { readonly isWrong: boolean }) => (
  <>
    <label htmlFor="token">API token</label>
    <input
      id="token"
      name="token"
      type="password"
      autoComplete="current-password"
      spellCheck={false}
      required
      aria-describedby="about-token trouble"
      aria-invalid={isWrong}
    />
  </>
);

/** What went wrong; empty where nothing did. */
async function tryToken(token: string): Promise<string> {
  try {
    const answer = await signIn(token.trim());
    if ('refused' in answer) return answer.refused;
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, answer.signedIn);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function AboutToken() {
  const { data: signedIn } = useQuery({ ...sessionQuery, enabled: false });
  return (
    <p className="muted" id="about-token">
      {isDemo() ? (
        <>
          This is the demo: its owner’s token is the field <code>apiToken</code> of <code>demo.json</code>, in
          the folder that <code>npm start</code> names; <code>.cleanroom</code> unless told otherwise.
        </>
      ) : (
        <>An owner of your organisation makes one. You see what its role may see, for 12 hours.</>
      )}
      {signedIn && <> You are signed in as {signedIn.name}.</>}
    </p>
  );
}
