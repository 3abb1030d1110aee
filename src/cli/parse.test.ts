import { describe, expect, it } from 'vitest';
import { UserError } from '../text';
import { defineCommand } from './command';
import { commandHelp } from './help';
import { choice, integer, seconds, toggle, word } from './options';
import { parseCommand } from './parse';

const command = defineCommand({
  name: 'brew',
  summary: 'Brew something',
  about: 'It takes a while.',
  positionals: [{ name: 'LEAF', help: 'what to brew', required: true }],
  flags: {
    cups: integer('how many', 1, 12, 2),
    time: seconds('how long'),
    strength: choice('how strong', ['weak', 'strong'], 'weak'),
    out: word('where to', 'CUP'),
    json: toggle('as JSON'),
  },
  examples: ['tardigrade brew mint --cups 3'],
  run: async () => {},
});

const complaint = (...args: string[]) => {
  try {
    parseCommand(command, args);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return String(error);
  }
  throw new Error('nothing was wrong');
};

describe('parseCommand', () => {
  it('reads values by their kinds and fills in what is absent', () => {
    expect(parseCommand(command, ['mint', '--cups', '3', '--time=90s', '--json'])).toEqual({
      help: false,
      positionals: ['mint'],
      flags: { cups: 3, time: 90, strength: 'weak', out: undefined, json: true },
      given: new Set(['cups', 'time', 'json']),
    });
  });

  it('takes what follows -- as arguments', () => {
    expect(parseCommand(command, ['--', '--cups'])).toMatchObject({ positionals: ['--cups'] });
  });

  it('gives the help whatever else is there', () => {
    expect(parseCommand(command, ['--help', '--nonsense'])).toEqual({ help: true });
    expect(parseCommand(command, ['-h'])).toEqual({ help: true });
  });

  it('says which flag was likely meant', () => {
    expect(complaint('mint', '--cusp', '3')).toBe("brew has no flag --cusp; did you mean '--cups'?");
    expect(complaint('mint', '--constructor')).toContain('brew has no flag --constructor');
  });

  it.each([
    [['mint', '--cups', '13'], "--cups cannot be '13'; give a whole number from 1 to 12"],
    [['mint', '--cups', '1.5'], "--cups cannot be '1.5'; give a whole number from 1 to 12"],
    [['mint', '--cups'], '--cups lacks its value; give a whole number from 1 to 12'],
    [
      ['mint', '--time', '60'],
      "--time cannot be '60'; give a time above zero with its unit, such as 60s or 10min",
    ],
    [['mint', '--strength', 'lethal'], "--strength cannot be 'lethal'; give one of weak, strong"],
    [['mint', '--out='], "--out cannot be ''; give a cup"],
    [['mint', '--cups', '3', '--cups=4'], '--cups is given twice; give it once'],
    [['mint', '--json=yes'], "--json cannot be 'yes'; give no value"],
    [[], 'brew lacks its argument LEAF; see tardigrade brew --help'],
    [['mint', 'sage'], "brew cannot use the argument 'sage'; see tardigrade brew --help"],
  ])('refuses %j', (args, message) => {
    expect(complaint(...args)).toBe(message);
  });
});

describe('commandHelp', () => {
  it('shows usage, every flag with its default, and an example', () => {
    const help = commandHelp(command);
    expect(help).toContain('Usage: tardigrade brew LEAF [flags]');
    expect(help).toMatch(/--cups N\s+how many \[2\]/);
    expect(help).toMatch(/--strength weak\|strong\s+how strong \[weak\]/);
    expect(help).toMatch(/--json\s+as JSON\n/);
    expect(help).toContain('tardigrade brew mint --cups 3');
  });
});
