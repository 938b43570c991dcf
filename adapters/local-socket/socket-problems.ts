import type { LogProblem } from '../../core/ports/alarm-log.ts';
import { describeCause } from '../embedded/log-problems.ts';

/** No console offers the log in that folder. */
export function nobodyOffers(folder: string): LogProblem {
  return {
    code: 'Unreachable',
    message: `The program that holds the alarm log ${folder} does not offer it to others.`,
    remedy: 'Close that program, or use the console, which offers its log.',
    isRetriable: true,
  };
}

/** The socket is there, and cannot be used. */
export function cannotConnect(path: string, cause: unknown): LogProblem {
  return {
    code: 'Unreachable',
    message: `The console’s socket ${path} cannot be reached: ${describeCause(cause)}.`,
    remedy: 'Start the console again, as the same user.',
    isRetriable: true,
  };
}

/** What lies where the socket should is not this user's alone. */
export function notOurs(path: string): LogProblem {
  return {
    code: 'NotAuthorized',
    message: `The socket ${path} was not used: it, or its folder, is not this user’s alone.`,
    remedy: 'Run the command as the user who runs the console, or remove the folder of the socket.',
    isRetriable: false,
  };
}

/** The other side speaks another version, or is no console. */
export function otherProtocol(path: string, theirs: string): LogProblem {
  return {
    code: 'NotALog',
    message: `What answers at ${path} ${theirs}.`,
    remedy: 'Use the command line and the console of the same version of Klaxon.',
    isRetriable: false,
  };
}

/** The console serves as many programs as it does at most. */
export function tooManyClients(most: number): LogProblem {
  return {
    code: 'Unreachable',
    message: `The console serves ${most} programs already, and no more.`,
    remedy: 'End one of them, a list that follows for instance, and try again.',
    isRetriable: true,
  };
}

/** The console went away. */
export function consoleGone(path: string): LogProblem {
  return {
    code: 'Unreachable',
    message: `The console that offers the alarm log at ${path} has closed the connection.`,
    remedy: 'Start the console again; reading goes on by itself.',
    isRetriable: true,
  };
}

/** The console went away, or stayed silent, with a request unanswered: nobody knows whether it was done. */
export function unanswered(path: string, reason: string): LogProblem {
  return {
    code: 'TimedOut',
    message: `The console at ${path} did not answer (${reason}); whether it did what was asked is not known.`,
    remedy: 'Look whether it was done before asking again.',
    isRetriable: true,
  };
}

/** The console is there anew, and what was read before may have been deleted meanwhile. */
export function readAnew(path: string): LogProblem {
  return {
    code: 'Unreachable',
    message: `The connection to the console at ${path} was lost; its log is read again from the start.`,
    remedy: 'Nothing is to be done.',
    isRetriable: true,
  };
}

/** A message is longer than the socket carries; `bytes` is what it has. */
export function messageTooLong(what: string, bytes: number): LogProblem {
  return {
    code: 'RecordTooLarge',
    message: `${what} of ${bytes} bytes is too long for the console’s socket.`,
    remedy: 'Close the console, and do it on the log itself.',
    isRetriable: false,
  };
}

/** The socket could not be offered: the console runs, and the command line cannot reach its log. */
export function cannotOffer(folder: string, reason: string): LogProblem {
  return {
    code: 'Unexpected',
    message: `The alarm log ${folder} cannot be offered to the command line: ${reason}.`,
    remedy: 'The console works; to use the command line on this log, close the console first.',
    isRetriable: true,
  };
}
