import { useEffect, useMemo, useRef, useState } from 'react';
import { toErrorRecord, type ErrorRecord } from '../../../model/errors';
import type { Result } from '../../../state/types';
import { useResult } from '../../app/context';
import { createLatest, type Latest } from './latest';
import { createScoreClient } from './scoreClient';
import { isTooLarge, type SampleSettings, type ScoreAnswer, type ScoreRequest } from './scoring';

/** Least milliseconds between two scores while the weights change … */
const WEIGHTS_GAP = 500;
/** … and while somebody moves a slider of the sample. */
const SETTINGS_GAP = 100;
/** Milliseconds that one answer may stand for weights that are no longer shown. */
const LATE = 1500;

export interface TaskScore {
  /** The last answer; to an earlier question while `isCurrent` is false */
  readonly answer: ScoreAnswer | null;
  /** What it is about */
  readonly about: Result | null;
  readonly isCurrent: boolean;
  /** It has not been current for a while, and no newer one has come. */
  readonly isStale: boolean;
  readonly error: ErrorRecord | null;
  /** Nothing is asked for a network that would take many seconds. */
  readonly isTooLarge: boolean;
}

interface Question {
  readonly result: Result;
  readonly request: ScoreRequest;
}

interface Answered {
  readonly question: Question;
  readonly answer: ScoreAnswer | null;
  readonly error: ErrorRecord | null;
}

/** Keeps the score of the shown weights up to date, beside the page's own work. */
export function useTaskScore(sample: SampleSettings, horizon: number): TaskScore {
  const result = useResult();
  const { prime, temperature, seed } = sample;
  const question = useMemo((): Question | null => {
    if (result === null) return null;
    const settings = { sample: { prime, temperature, seed }, horizon };
    return { result, request: requestOf(result, settings) };
  }, [result, prime, temperature, seed, horizon]);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const latest = useRef<Latest<Question>>(null);
  const asked = useRef<Question>(null);

  useEffect(() => {
    const client = createScoreClient();
    latest.current = createLatest<Question, ScoreAnswer>({
      answer: ({ request }) => client.score(request),
      onAnswer: (answer, question) => setAnswered({ question, answer, error: null }),
      onError: (error, question) =>
        setAnswered({ question, answer: null, error: toErrorRecord(error) }),
    });
    asked.current = null;
    return () => {
      latest.current?.stop();
      client.dispose();
    };
  }, []);

  const tooLarge = question !== null && isTooLarge(question.request.network, result!.problem.T);
  useEffect(() => {
    if (question === null || tooLarge) return;
    // Looking at another step is no other network.
    if (asked.current !== null && isSame(asked.current, question)) return;
    const isNewResult = asked.current?.result.problem !== question.result.problem;
    asked.current = question;
    latest.current?.ask(question, isNewResult ? WEIGHTS_GAP : SETTINGS_GAP);
  }, [question, tooLarge]);

  const isCurrent = answered !== null && question !== null && isSame(answered.question, question);
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (answered === null || isCurrent) return;
    const timer = setTimeout(() => setIsLate(true), LATE);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [answered, isCurrent]);

  return {
    answer: tooLarge ? null : (answered?.answer ?? null),
    about: answered?.question.result ?? null,
    isCurrent,
    isStale: isLate && !isCurrent,
    error: answered?.error ?? null,
    isTooLarge: tooLarge,
  };
}

function requestOf(
  { problem, configuration }: Result,
  settings: Pick<ScoreRequest, 'sample' | 'horizon'>,
): ScoreRequest {
  const { I, H, O, activation, outputActivation, loss, parameters } = problem;
  const { task, T, B, dataSeed } = configuration;
  return {
    network: { I, H, O, activation, outputActivation, loss, parameters },
    configuration: { task, T, B, dataSeed, loss, outputActivation },
    trainedOn: configuration.training.data,
    ...settings,
  };
}

function isSame(a: Question, b: Question): boolean {
  const [x, y] = [a.request, b.request];
  return (
    a.result.problem === b.result.problem &&
    x.horizon === y.horizon &&
    x.sample.prime === y.sample.prime &&
    x.sample.temperature === y.sample.temperature &&
    x.sample.seed === y.sample.seed
  );
}
