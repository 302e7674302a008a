// Questions as people ask them, in English and Chinese, find the lessons that answer them.
import { describe, expect, it } from 'vitest';
import { answers, isChinese, tokens } from '../../source/scenario/questions.ts';
import { indexOfAnchor } from '../../source/session/caption.ts';
import { courseOf, scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { handbook } from '../support/handbook.ts';

const { questions } = handbook;
const subjects = scenarioIds.map((id) => scenarioOf(id).subject);
const found = answers(questions, subjects);

/** What is asked, and the lesson that has to come first. */
const english = [
  ['why not two handshakes', 'old-dup-syn'],
  ['Why does TCP need three handshakes rather than two?', 'old-dup-syn'],
  ['could a two-way handshake deadlock?', 'why2-synack-lost'],
  ['why is it not a four way handshake', 'why-not-4'],
  ['what happens when the third ack gets lost', 'ack-lost'],
  ['third handshake packet dropped', 'ack-lost'],
  ['what happens if the SYN is lost', 'syn-lost'],
  ['why do we need four segments to close a connection', 'half-close'],
  ['can the fin and the ack be sent together', 'close-3'],
  ['why 3 to open and 4 to close', 'half-close'],
  ['why wait 2MSL', 'last-ack-lost'],
  ['what is TIME_WAIT good for', 'last-ack-lost'],
  ['final ACK lost during close', 'last-ack-lost'],
  ['every final ack is lost', 'last-ack-lost-for-good'],
  ['too many TIME_WAIT on the client, connect fails with EADDRNOTAVAIL', 'tw-pile-client'],
  ['many time-wait sockets on my server', 'tw-pile-server'],
  ['address already in use after restart', 'restart-bind'],
  ['SO_REUSEADDR', 'restart-bind'],
  ['lots of CLOSE_WAIT', 'close-wait-leak'],
  ['how does a syn flood work', 'syn-flood'],
  ['protect my server against SYN attacks', 'syn-flood-remedies'],
  ['syn cookies', 'syn-cookies'],
  ['accept queue full', 'accept-queue-full'],
  ['difference between SYN queue and accept queue', 'syn-queue'],
  ['when does accept() return', 'syn-queue'],
  ['is the initial sequence number random', 'isn-clock'],
  ['can a SYN carry data', 'hs-ack-data'],
  ['what does RST mean', 'flags'],
  ['connection reset by peer', 'proc-crash-unread'],
  ['connection refused versus timeout', 'refused'],
  ['how long until connect times out', 'filtered'],
  ['what if the other host loses power', 'host-crash'],
  ['process killed: what does the kernel send', 'proc-crash'],
  ['tcp keepalive vs http keep-alive', 'keepalive'],
  ['what happens when the receive window is zero', 'zero-window'],
  ['sequence and acknowledgement numbers', 'seq-ack'],
  ['both sides close at the same time', 'sim-close'],
  ['both sides connect simultaneously', 'sim-open'],
  ['udp compared with tcp', 'udp'],
  ['close vs shutdown', 'half-close'],
  ['old data delivered to a new connection', 'no-tw-stale-data'],
  ['what is a half-open connection', 'half-open-active'],
  ['client reboots and reconnects from the same port', 'half-open'],
  ['can i send data with syn', 'hs-ack-data'],
  ['what if the third ack is lost', 'ack-lost'],
  ['server ran out of ports TIME_WAIT', 'tw-pile-client'],
  ['diference between reset and fin', 'proc-crash'],
  ['syn floood', 'syn-flood'],
  ['two way hanshake', 'old-dup-syn'],
  ['conection refussed', 'refused'],
  ['why is there a time wiat', 'last-ack-lost'],
  ['keepalve', 'keepalive'],
  ['simultanous close', 'sim-close'],
] as const;

const chinese = [
  ['为什么挥手需要四次', 'half-close'],
  ['为什么三次握手', 'old-dup-syn'],
  ['两次握手行不行', 'old-dup-syn'],
  ['TCP为什么不是两次握手', 'old-dup-syn'],
  ['两次握手会死锁吗', 'why2-synack-lost'],
  ['握手为什么不是四次', 'why-not-4'],
  ['第三次握手丢失会发生什么', 'ack-lost'],
  ['第三次握手的ACK丢了怎么办', 'ack-lost'],
  ['SYN丢了会怎么样', 'syn-lost'],
  ['四次挥手能变成三次吗', 'close-3'],
  ['为什么建立连接三次断开连接四次', 'half-close'],
  ['为什么要等待2MSL', 'last-ack-lost'],
  ['TIME_WAIT的作用是什么', 'last-ack-lost'],
  ['最后一个ACK丢了会怎样', 'last-ack-lost'],
  ['客户端大量TIME_WAIT', 'tw-pile-client'],
  ['服务端出现大量 TIME_WAIT 有什么影响', 'tw-pile-server'],
  ['重启服务提示端口被占用', 'restart-bind'],
  ['SO_REUSEADDR 的作用', 'restart-bind'],
  ['大量CLOSE_WAIT怎么回事', 'close-wait-leak'],
  ['什么是SYN洪泛攻击', 'syn-flood'],
  ['怎么防御SYN攻击', 'syn-flood-remedies'],
  ['SYN cookies 的原理', 'syn-cookies'],
  ['全连接队列满了怎么办', 'accept-queue-full'],
  ['半连接队列是什么', 'syn-queue'],
  ['accept在三次握手的哪个阶段返回', 'syn-queue'],
  ['ISN是固定的吗', 'isn-clock'],
  ['初始序列号为什么要随机', 'isn-clock'],
  ['三次握手可以携带数据吗', 'hs-ack-data'],
  ['RST标志是什么意思', 'flags'],
  ['连接被拒绝和超时的区别', 'refused'],
  ['connect超时时间是多少', 'filtered'],
  ['机器突然断电了怎么办', 'host-crash'],
  ['进程崩溃后连接会怎么样', 'proc-crash'],
  ['TCP的keepalive和HTTP的keep-alive有什么区别', 'keepalive'],
  ['零窗口是什么', 'zero-window'],
  ['确认号怎么算', 'seq-ack'],
  ['双方同时关闭连接', 'sim-close'],
  ['双方同时发起连接', 'sim-open'],
  ['TCP和UDP的区别', 'udp'],
  ['close和shutdown有什么区别', 'half-close'],
  ['没有TIME_WAIT会怎么样', 'no-tw-stale-data'],
  ['半开连接', 'half-open-active'],
  ['服务端会不会进入TIME_WAIT', 'close-4'],
  ['为啥要TIME_WAIT', 'last-ack-lost'],
  ['为啥不能两次握手', 'old-dup-syn'],
  ['第三次握手丢了咋办', 'ack-lost'],
  ['RST什么时候发送', 'proc-crash-unread'],
  ['time_wiat 太多', 'tw-pile-client'],
  ['FIN和RST的区别', 'proc-crash'],
] as const;

describe('a question in English', () => {
  it.each(english)('%s', (words, scenario) => {
    expect(found(words)[0]?.at[0]?.scenario).toBe(scenario);
  });
});

describe('a question in Chinese', () => {
  it.each(chinese)('%s', (words, scenario) => {
    expect(found(words)[0]?.at[0]?.scenario).toBe(scenario);
  });
});

describe('what is found', () => {
  it.each(questions.flatMap(({ id, asked }) => [...asked.en, ...asked.zh].map((words) => [words, id] as const)))(
    'by the words of the handbook itself: %s',
    (words, id) => {
      expect(found(words)[0]?.question?.id).toBe(id);
    },
  );

  it.each(scenarioIds)('by its id: %s', (id) => {
    expect(found(id).flatMap(({ at }) => at.map(({ scenario }) => scenario))).toContain(id);
  });

  it.each(['', '???', 'asdf qwerty', '天气预报', 'the of and', '吗呢'])('is nothing for %j', (words) => {
    expect(found(words)).toEqual([]);
  });

  it('comes in falling order, and is the same every time', () => {
    const scores = found('why time wait').map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(1);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(found('why time wait')).toEqual(found('why time wait'));
  });
});

describe('the questions of the handbook', () => {
  it('have names of their own, and the nine of the longest tutorial come first in the drill', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    const drill = questions.filter((question) => question.drill !== null);
    const places = drill.map((question) => question.drill);
    expect(places.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(places.map((_, index) => index + 1));
    expect(
      drill
        .toSorted((a, b) => (a.drill ?? 0) - (b.drill ?? 0))
        .slice(0, 9)
        .map(({ id }) => id),
    ).toEqual([
      'draw',
      'why-three',
      'half-open-queue',
      'isn-fixed',
      'handshake-data',
      'third-lost',
      'syn-flood',
      'why-four',
      'why-2msl',
    ]);
  });

  it.each(questions.map((question) => [question.id, question] as const))(
    '%s is answered in both languages',
    (_, question) => {
      for (const text of [...question.asked.en, question.answer.en]) expect(text).toMatch(/^[\x20-\x7e]+$/);
      for (const text of [...question.asked.zh, question.answer.zh]) expect(isChinese(text)).toBe(true);
    },
  );

  it.each(questions.flatMap(({ id, at }) => at.map((spot) => [id, spot.scenario, spot] as const)))(
    '%s leads to a step of %s',
    (_, scenario, { anchor }) => {
      const steps = scenarioOf(scenario).profiles.map((profile) => indexOfAnchor(courseOf(scenario, profile), anchor));
      expect(steps.some((step) => step !== null)).toBe(true);
    },
  );
});

describe('words are compared', () => {
  it.each([
    ['connections closing', 'connection close'],
    ['TIME_WAIT', 'time-wait'],
    ['Time wait', 'TIMEWAIT'],
    ['三次握手', '3 次握手'],
    ['两次', '二次'],
    ['the packets were dropped', 'a segment lost'],
    ['2MSL', '2 msl'],
    ['丢包', '丢失'],
  ])('%j as %j', (a, b) => {
    expect(tokens(a)).toEqual(tokens(b));
  });
});
