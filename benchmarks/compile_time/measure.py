#!/usr/bin/env python3
"""What banter costs to compile, link and start, and the bars it is held to.

    measure.py [--cxx g++] [--clang clang++-16] [--repeat 3] [--flags "-I..."] [--only NAME ...]

Each figure is the best of --repeat runs: user seconds of the compiler with all its processes, and
the largest of them in MB. The parts (for --only): verify, checks, separate, header, handlers, link.
Exit code: 0; 1 if something does not compile; 3 if a bar is not kept.
"""
import argparse
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIBRARIES = ["-lboost_json", "-lssl", "-lcrypto", "-lpthread"]
HANDLERS = 40


class Report:
    def __init__(self):
        self.broken = 0

    def title(self, text):
        print("\n" + text, flush=True)

    def line(self, name, text):
        print("  %-62s %s" % (name, text), flush=True)

    def bar(self, name, value, most, unit=""):
        kept = value <= most
        self.broken += not kept
        self.line(name, "%8.2f%s   at most %g%s: %s" % (
            value, unit, most, unit, "kept" if kept else "NOT KEPT"))


class Compiler:
    def __init__(self, options, work):
        self.options = options
        self.work = work

    def run(self, command):
        """(user seconds, peak MB) of a command with all its processes."""
        process = subprocess.Popen(command, cwd=self.work, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT,
                                   env=dict(os.environ, CCACHE_DISABLE="1"))
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.stderr.write(output.decode(errors="replace")[:4000])
            raise SystemExit("failed: " + " ".join(map(str, command)))
        return used.ru_utime, used.ru_maxrss / 1024

    def best(self, command):
        return self.best_in_turn(command)[0]

    def best_in_turn(self, *commands):
        """The best of each; one run of each after the other, so that all see the same machine."""
        rounds = [[self.run(command) for command in commands] for _ in range(self.options.repeat)]
        return [tuple(map(min, zip(*runs))) for runs in zip(*rounds)]

    def compile(self, source, level, *more, cxx=None, out="out.o"):
        return [cxx or self.options.cxx, "-std=c++20", level, "-I", str(ROOT / "include"),
                *shlex.split(self.options.flags), *more, "-c", str(source), "-o", out]

    def link(self, out, *objects):
        return [self.options.cxx, "-O2", "-Wl,--gc-sections", *objects, "-o", out,
                *shlex.split(self.options.flags), *LIBRARIES]


SEPARATE = "-DBANTER_SEPARATE_COMPILATION"


def payment_example():
    """The payment bot's own file."""
    return ROOT / "examples" / "payment.cpp"


def show(cost):
    return "%8.2f s %8.0f MB" % cost


def many_handlers(count, path):
    """A bot of `count` handlers: commands, buttons, button patterns with a group, text patterns."""
    kinds = [("context& ctx", 'ctx.reply("here");', 'command<"c%d">'),
             ("context& ctx", "ctx.answer();", 'callback<"b%d">'),
             ('context& ctx, matched<callback<"d%d_([0-9]+)">> m', "ctx.reply(m.get<1>());",
              'callback<"d%d_([0-9]+)">'),
             ("context& ctx, matched<text> m", "ctx.reply(m);", 'text && regex<"^word%d_">')]
    lines = ["#include <banter/flow.hpp>", "using namespace banter;", "struct many {"]
    rules = []
    for i in range(count):
        parameters, body, rule = (part.replace("%d", str(i)) for part in kinds[i % len(kinds)])
        lines.append("    static void h%d(%s) { %s }" % (i, parameters, body))
        rules.append("on(%s, h%d)" % (rule, i))
    lines.append("    static constexpr auto flow() {\n        return handlers(%s);\n    }"
                 % ",\n                        ".join(rules))
    lines += ["};", "static_assert(verify<many>);",
              "#include <banter/flow/dispatcher.hpp>",
              "void feed(bot& api, std::string_view update, std::int64_t& id) {",
              "    dispatcher<many> all(api, services<>{});", "    all.offer(update, id);", "}"]
    path.write_text("\n".join(lines) + "\n")


def part_verify(cc, out):
    out.title("#include <banter/flow.hpp> with the payment conversation verified, -O0")
    source = HERE / "verify_payment.cpp"
    cost = cc.best(cc.compile(source, "-O0"))
    out.line(cc.options.cxx, show(cost))
    out.bar("  user seconds", cost[0], 3, " s")
    if cc.options.clang:
        out.line(cc.options.clang, show(cc.best(cc.compile(source, "-O0", cxx=cc.options.clang))))


def many_states(count, path):
    """A conversation of `count` states with four handlers each, and more patterns than states."""
    states, handlers, lists = [], [], []
    for i in range(count):
        after = (i + 1) % count
        pattern = ('callback<"(red|green|blue)%d">' if i % 5 == 0 else 'callback<"back%d">') % i
        states.append("    struct s%d { int a; };" % i)
        handlers += [
            '    static next<s%d, stay> pick%d(context& ctx, s%d& here, '
            'matched<callback<"pick%d_([0-9]+)">> choice);' % (after, i, i, i),
            "    static s%d color%d(context& ctx, s%d& here);" % (after, i, i),
            "    static next<s%d, end> say%d(context& ctx, matched<text> said);" % (after, i),
            "    static stay file%d(context& ctx, matched<document || photo> sent);" % i]
        lists.append('            state<s%d>(on(callback<"pick%d_([0-9]+)">, pick%d), on(%s, color%d), '
                     'on(text && !command<>, say%d), on(document || photo, file%d))'
                     % (i, i, i, pattern, i, i, i))
    lines = ["#include <banter/flow.hpp>", "using namespace banter;", "struct many {", *states,
             "    static s0 start(context& ctx);", "    static end cancel(context& ctx);",
             "    static stay other(context& ctx);", *handlers,
             "    static constexpr auto flow() {", "        return conversation(",
             '            entry_points(on(command<"many">, start)),', ",\n".join(lists) + ",",
             '            fallbacks(on(command<"cancel">, cancel), on(message, other)), allow_reentry);',
             "    }", "};", "static_assert(verify<many>);"]
    path.write_text("\n".join(lines) + "\n")


def part_checks(cc, out):
    out.title("What the checks cost: flow.hpp alone, -O0")
    compilers = [cc.options.cxx] + ([cc.options.clang] if cc.options.clang else [])
    source = HERE / "verify_payment.cpp"
    unchecked = pathlib.Path(cc.work, "unchecked.cpp")
    unchecked.write_text("\n".join(line for line in source.read_text().splitlines()
                                   if not line.startswith("static_assert(verify")) + "\n")
    few, many = pathlib.Path(cc.work, "states25.cpp"), pathlib.Path(cc.work, "states50.cpp")
    many_states(25, few)
    many_states(50, many)
    for cxx in compilers:
        without = cc.best(cc.compile(unchecked, "-O0", cxx=cxx))
        checked = cc.best(cc.compile(source, "-O0", cxx=cxx))
        small = cc.best(cc.compile(few, "-O0", cxx=cxx))
        large = cc.best(cc.compile(many, "-O0", cxx=cxx))
        out.line(cxx + ", payment without static_assert(verify<payment>)", show(without))
        out.line(cxx + ", payment", show(checked))
        out.bar("  user seconds", checked[0], 2.5, " s")
        out.bar("  of them for the checks", checked[0] - without[0], 1.0, " s")
        out.line(cxx + ", 25 states, 103 handlers", show(small))
        out.line(cxx + ", 50 states, 203 handlers, 100 patterns", show(large))
        out.bar("  user seconds", large[0], 15, " s")
        out.bar("  memory", large[1], 2048, " MB")
        out.bar("  50 states against 25", large[0] / small[0], 2.5)


def part_separate(cc, out):
    out.title("The payment bot's own file with banter::separate")
    for level, most in (("-O0", 6), ("-O2", 9)):
        cost = cc.best(cc.compile(payment_example(), level, SEPARATE))
        out.line(level, show(cost))
        out.bar("  user seconds", cost[0], most, " s")


def part_header(cc, out):
    out.title("Header-only, -O2, against the hand-written HTTPS bot")
    lean = pathlib.Path(cc.work, "lean.cpp")
    lean.write_text(payment_example().read_text().replace("banter/banter.hpp", "banter/run.hpp"))
    hand, *ours = cc.best_in_turn(*(cc.compile(source, "-O2") for source in (
        HERE / "handwritten_payment.cpp", lean, payment_example())))
    out.line("hand-written", show(hand))
    for name, cost in zip(("<banter/run.hpp>: no console either",
                           "<banter/banter.hpp>: and its console"), ours):
        out.line("examples/payment with " + name, show(cost))
        out.bar("  user seconds, times the hand-written bot's", cost[0] / hand[0], 1.25)
        out.bar("  memory", cost[1], 900, " MB")


def part_handlers(cc, out):
    out.title("Each further handler (%d and %d handlers in one file)" % (HANDLERS, 2 * HANDLERS))
    few, many = pathlib.Path(cc.work, "few.cpp"), pathlib.Path(cc.work, "many.cpp")
    many_handlers(HANDLERS, few)
    many_handlers(2 * HANDLERS, many)
    for level in ("-O0", "-O2"):
        a, b = cc.best_in_turn(*(cc.compile(source, level, SEPARATE) for source in (few, many)))
        out.line("%s, %d handlers" % (level, HANDLERS), show(a))
        out.line("%s, %d handlers" % (level, 2 * HANDLERS), show(b))
        out.bar("  for each further handler", (b[0] - a[0]) / HANDLERS * 1000, 30, " ms")


class Server:
    """Answers as a Bot API server does, over plain HTTP; notes when the first getUpdates comes."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.first = threading.Event()
        self.when = 0.0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = b""
        try:
            while True:
                while b"\r\n\r\n" not in data:
                    more = client.recv(65536)
                    if not more:
                        return
                    data += more
                head, data = data.split(b"\r\n\r\n", 1)
                length = 0
                for line in head.split(b"\r\n")[1:]:
                    name, _, value = line.partition(b":")
                    if name.strip().lower() == b"content-length":
                        length = int(value)
                while len(data) < length:
                    data += client.recv(65536)
                data = data[length:]
                self.answer(client, head.split(b" ")[1].split(b"?")[0].rsplit(b"/", 1)[-1])
        except OSError:
            pass

    def answer(self, client, method):
        if method == b"getUpdates":
            if not self.first.is_set():
                self.when = time.perf_counter()
                self.first.set()
            time.sleep(5)
        result = (b'{"id":6900112233,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
                  if method == b"getMe" else b"[]" if method == b"getUpdates" else b"true")
        body = b'{"ok":true,"result":' + result + b"}"
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                       + str(len(body)).encode() + b"\r\n\r\n" + body)


def start_up(program):
    """Milliseconds from the start of the process to its first getUpdates; the best of 15."""
    times = []
    for _ in range(15):
        server = Server()
        environment = dict(os.environ, BOT_TOKEN="123456:benchmark-token-of-no-bot-000000000",
                           BOT_API_URL="http://127.0.0.1:%d" % server.port)
        begin = time.perf_counter()
        process = subprocess.Popen([program], env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        reached = server.first.wait(10)
        times.append((server.when - begin) * 1000)
        process.kill()
        process.wait()
        server.listener.close()
        if not reached:
            raise SystemExit("%s never asked for updates" % program)
    return min(times)


def size_of(cc, program):
    stripped = program + ".stripped"
    cc.run(["strip", "-o", stripped, program])
    return os.path.getsize(os.path.join(cc.work, stripped)) / 1000


def part_link(cc, out):
    out.title("Stripped programs, -O2, and start to the first getUpdates")
    (pathlib.Path(cc.work) / "separate.cpp").write_text("#include <banter/src.hpp>\n")
    # The flags of the CMake target.
    cost = cc.run(cc.compile("separate.cpp", "-O2", SEPARATE, "-ffunction-sections",
                             "-fdata-sections", out="separate.o"))
    out.line("the bodies of banter::separate, compiled once", show(cost))
    cc.run(cc.compile(payment_example(), "-O2", SEPARATE, out="payment.o"))
    cc.run(cc.link("payment", "payment.o", "separate.o"))
    cc.run(cc.compile(HERE / "handwritten_payment.cpp", "-O2", out="hand.o"))
    cc.run(cc.link("hand", "hand.o"))
    cc.run(cc.compile(HERE / "handwritten_payment.cpp", "-O2", "-DHANDWRITTEN_PLAIN_HTTP",
                      out="hand_plain.o"))
    cc.run(cc.link("hand_plain", "hand_plain.o"))
    hand, ours = size_of(cc, "hand"), size_of(cc, "payment")
    out.line("hand-written", "%8.0f kB" % hand)
    out.line("examples/payment with banter::separate", "%8.0f kB" % ours)
    out.bar("  size, times the hand-written bot's", ours / hand, 1.5)
    out.line("hand-written, start to first getUpdates",
             "%8.2f ms" % start_up(os.path.join(cc.work, "hand_plain")))
    out.bar("examples/payment, start to first getUpdates",
            start_up(os.path.join(cc.work, "payment")), 10, " ms")


PARTS = {"verify": part_verify, "checks": part_checks, "separate": part_separate, "header": part_header,
         "handlers": part_handlers, "link": part_link}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cxx", default="g++")
    parser.add_argument("--clang", default="clang++-16", help="a second compiler, or empty")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--flags", default="", help="further compiler flags, such as -isystem DIR")
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    options = parser.parse_args()
    out = Report()
    with tempfile.TemporaryDirectory() as work:
        cc = Compiler(options, work)
        for name in options.only:
            PARTS[name](cc, out)
    return 3 if out.broken else 0


if __name__ == "__main__":
    sys.exit(main())
