// Flows as tables and as diagrams: what is in them, in which words, and that they are well-formed.
#include "diagram_flows.hpp"

#include <banter/flow/diagram.hpp>
#include <banter/flow/filter_text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace drawn {

static_assert(verify<order> && verify<timed> && verify<shop> && verify<plain>);

// ---- tables ----

static_assert(flow_states<order>.size() == 2);
static_assert(flow_states<order>[0] == "choosing" && flow_states<order>[1] == "paying");
static_assert(flow_states<plain>.empty());

static_assert(flow_edges<order>.size() == 11);
static_assert(flow_edges<order>[0] == flow_edge{"", "choosing", "start", edge_kind::entry});
static_assert(flow_edges<order>[1] == flow_edge{"", "stay", "help", edge_kind::entry});
static_assert(flow_edges<order>[2] ==
              flow_edge{"choosing", "paying", "choose", edge_kind::transition});
static_assert(flow_edges<order>[3] ==
              flow_edge{"choosing", "stay", "choose", edge_kind::transition});
static_assert(flow_edges<order>[9] == flow_edge{"", "end", "cancel", edge_kind::fallback});
static_assert(flow_edges<order>[10] == flow_edge{"", "stay", "unexpected", edge_kind::fallback});

// An error handler leads nowhere.
static_assert(flow_edges<timed>.size() == 7);
static_assert(flow_edges<timed>[0] == flow_edge{"", "stay", "lambda", edge_kind::global});
static_assert(flow_edges<timed>[3] == flow_edge{"waiting", "end", "over", edge_kind::timeout});
static_assert(flow_edges<timed>[6] == flow_edge{"", "end", "over", edge_kind::timeout});

static_assert(flow_edges<shop>[1] == flow_edge{"browsing", "address", "", edge_kind::nested});
static_assert(flow_edges<shop>[2] ==
              flow_edge{"browsing", "leaving", "addressed", edge_kind::result});
static_assert(flow_edges<address::confirm>[1] ==
              flow_edge{"asking", "end", "decide", edge_kind::transition});

static_assert(allowed_updates<order>.size() == 2);
static_assert(allowed_updates<order>[0] == "message");
static_assert(allowed_updates<order, plain>.size() == 3);
static_assert(allowed_updates<order, plain>[1] == "inline_query");

}  // namespace drawn

using namespace drawn;

namespace {

/// Whether a text is a Mermaid state diagram, as far as ours use the language: states, composite
/// states and transitions between ids that are declared. Returns the first line that is none.
class mermaid_checker {
  public:
    static std::string first_fault(std::string_view text) {
        mermaid_checker check;
        if (!text.starts_with("stateDiagram-v2\n") || !text.ends_with("\n")) return "first line";
        text.remove_prefix(16);
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            std::string_view line = text.substr(0, end);
            text.remove_prefix(end + 1);
            const std::size_t indent = line.find_first_not_of(' ');
            if (indent == std::string_view::npos || !check.is_statement(line.substr(indent)))
                return std::string(line);
            if (check.expected_indent != indent) return "indent of: " + std::string(line);
            check.expected_indent = check.depth * 4;
        }
        return check.depth == 1 ? "" : "braces";
    }

  private:
    std::size_t depth = 1;
    std::size_t expected_indent = 4;
    std::set<std::string, std::less<>> ids;

    static bool is_id(std::string_view word) {
        constexpr std::string_view reserved[] = {"state", "end", "note", "class", "default"};
        return !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) == 0 &&
               std::find(std::begin(reserved), std::end(reserved), word) == std::end(reserved) &&
               std::all_of(word.begin(), word.end(), [](char c) {
                   return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
               });
    }
    bool declare(std::string_view id) { return is_id(id) && ids.emplace(id).second; }
    [[nodiscard]] bool is_end(std::string_view id) const {
        return id == "[*]" || ids.find(id) != ids.end();
    }
    /// Nothing in it that Mermaid would read as its own, but entities and line breaks.
    static bool is_label(std::string_view label, bool quoted) {
        while (!label.empty()) {
            if (label.starts_with("<br/>")) {
                label.remove_prefix(5);
            } else if (label[0] == '#') {
                const std::size_t end = label.find(';');
                if (end == std::string_view::npos || end < 2) return false;
                for (const char c : label.substr(1, end - 1))
                    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
                label.remove_prefix(end + 1);
            } else {
                if (std::string_view(":;<>{}%*`\\&").find(label[0]) != std::string_view::npos)
                    return false;
                if (quoted && label[0] == '"') return false;
                label.remove_prefix(1);
            }
        }
        return true;
    }

    bool is_statement(std::string_view line) {
        if (line == "}") {
            expected_indent -= 4;
            return --depth != 0;
        }
        if (line.starts_with("state \"")) {
            line.remove_prefix(7);
            const std::size_t end = line.find('"');
            if (end == std::string_view::npos || !is_label(line.substr(0, end), true)) return false;
            line.remove_prefix(end + 1);
            if (!line.starts_with(" as ")) return false;
            line.remove_prefix(4);
            if (!line.ends_with(" {")) return declare(line);
            ++depth;
            return declare(line.substr(0, line.size() - 2));
        }
        const std::size_t arrow = line.find(" --> ");
        if (arrow == std::string_view::npos) return declare(line);
        const std::size_t colon = line.find(" : ", arrow);
        return colon != std::string_view::npos && is_end(line.substr(0, arrow)) &&
               is_end(line.substr(arrow + 5, colon - arrow - 5)) &&
               is_label(line.substr(colon + 3), false);
    }
};

}  // namespace

TEST_CASE("filters in words") {
    CHECK(filter_text(command<"pay">) == "/pay");
    CHECK(filter_text(text && !command<>) == "text and not a command");
    CHECK(filter_text(text && !command<"pay">) == "text and not /pay");
    CHECK(filter_text(command<>) == "any command");
    CHECK(filter_text(callback<"back">) == "button \"back\"");
    CHECK(filter_text(chat_member && member_joined) == "chat member and a member joins");
    CHECK(filter_text(member_left) == "a member leaves");
    CHECK(filter_text(callback<R"(a\.b)">) == "button \"a.b\"");
    CHECK(filter_text(callback<"bank_([0-9]+)">) == "button matching bank_([0-9]+)");
    CHECK(filter_text(callback<R"(\d)">) == R"(button matching \d)");
    CHECK(filter_text(callback<>) == "any button");
    CHECK(filter_text(!callback<>) == "not a button");
    CHECK(filter_text(regex<"hi">) == "text containing \"hi\"");
    CHECK(filter_text(regex<"^h\ni$">) == "text matching ^h\\ni$");
    CHECK(filter_text(caption_regex<"^a">) == "caption matching ^a");
    CHECK(filter_text(document || photo) == "document or photo");
    CHECK(filter_text(video_note) == "video note");
    CHECK(filter_text(chat_photo_deleted) == "chat photo deleted");
    CHECK(filter_text(poll_update || poll_message) == "poll update or poll");
    CHECK(filter_text((document || photo) && caption) == "(document or photo) and caption");
    CHECK(filter_text(!(document || photo)) == "not (document or photo)");
    CHECK(filter_text(!!photo) == "photo");
    CHECK(filter_text(!!(photo && caption)) == "(photo and caption)");
    CHECK(filter_text(text ^ photo) == "exactly one of text, photo");
    CHECK(filter_text((text ^ photo) || voice) == "(exactly one of text, photo) or voice");
    CHECK(filter_text(photo && private_chat) == "photo in a private chat");
    CHECK(filter_text(photo && !private_chat) == "photo and not in a private chat");
    CHECK(filter_text(photo && group_chats) == "photo and (in a group or in a supergroup)");
    CHECK(filter_text(text && when<is_admin>) == "text when is_admin");
    CHECK(filter_text(text && !when<is_admin>) == "text when not is_admin");
    CHECK(filter_text(when<[](context&) { return true; }>) == "when (lambda)");
    CHECK(filter_text(edited_message && text) == "edited message and text");
    CHECK(filter_text((edited_message || business_message) && text) ==
          "(edited or business message) and text");
    CHECK(filter_text(message || (edited_message || guest_message) || channel_post) ==
          "new, edited or guest message or channel post");
    CHECK(filter_text(entity<entity_kind::phone_number>) == "text with phone number");
    CHECK(filter_text(!service_message) == "not a service message");
    CHECK(filter_text(any_update) == "any update");
    CHECK(filter_text(data<color>) == "button color");
    CHECK(filter_text(data_is<color::green>) == "button color::green");
}

TEST_CASE("a conversation with fallbacks and re-entry") {
    CHECK(to_mermaid<order>() == R"(stateDiagram-v2
    state "any state, first" as any_state_first
    choosing
    paying
    state "any state, otherwise" as any_state_otherwise
    [*] --> choosing : /order
    [*] --> [*] : /help (stays outside)
    choosing --> paying : text and not a command
    choosing --> choosing : stay<br/>text and not a command<br/>photo or sticker
    paying --> choosing : button matching dish_([0-9]+)
    paying --> [*] : button matching dish_([0-9]+)
    paying --> paying : stay<br/>button matching dish_([0-9]+)
    paying --> choosing : button "back"
    any_state_otherwise --> [*] : /cancel
    any_state_otherwise --> any_state_otherwise : stay<br/>any command
    any_state_first --> choosing : /order
    any_state_first --> any_state_first : stay<br/>/help
)");
    CHECK(to_dot<order>() == R"~(digraph "order" {
    rankdir=LR;
    node [shape=box, style=rounded];
    any_state_first [label="any state, first", style="rounded,dashed"];
    choosing [label="choosing"];
    paying [label="paying"];
    any_state_otherwise [label="any state, otherwise", style="rounded,dashed"];
    outside [shape=point, width=0.15];
    the_end [shape=doublecircle, label="", width=0.1, style=filled, fillcolor=black];
    outside -> choosing [label="/order"];
    outside -> the_end [label="/help (stays outside)"];
    choosing -> paying [label="text and not a command"];
    choosing -> choosing [label="stay\ntext and not a command\nphoto or sticker"];
    paying -> choosing [label="button matching dish_([0-9]+)"];
    paying -> the_end [label="button matching dish_([0-9]+)"];
    paying -> paying [label="stay\nbutton matching dish_([0-9]+)"];
    paying -> choosing [label="button \"back\""];
    any_state_otherwise -> the_end [label="/cancel"];
    any_state_otherwise -> any_state_otherwise [label="stay\nany command"];
    any_state_first -> choosing [label="/order"];
    any_state_first -> any_state_first [label="stay\n/help"];
}
)~");
}

TEST_CASE("globals, timeouts, and a state whose name is a word of the format") {
    CHECK(to_mermaid<timed>() == R"(stateDiagram-v2
    state "any state, first" as any_state_first
    waiting
    state "end" as end_
    state "any state, otherwise" as any_state_otherwise
    any_state_first --> any_state_first : stay<br/>/help
    [*] --> waiting : /start or /again
    waiting --> end_ : text
    waiting --> [*] : after 1 h 30 min
    end_ --> [*] : text
    end_ --> waiting : after 1 s 500 ms
    any_state_otherwise --> [*] : after 1 d
)");
}

TEST_CASE("nested conversations are boxes, each drawn once") {
    CHECK(to_mermaid<shop>() == R"(stateDiagram-v2
    browsing
    leaving
    state "address" as address {
        state "street" as address__street
        state "city" as address__city
        state "any state, otherwise" as address__any_state_otherwise
        state "confirm" as address__confirm {
            state "asking" as address__confirm__asking
            [*] --> address__confirm__asking : /done
            address__confirm__asking --> [*] : button "yes" or button "no" (yes)
        }
        [*] --> address__street : /address
        address__street --> address__city : text and not a command
        address__city --> address__confirm : /done
        address__confirm --> address__city : end
        address__confirm --> [*] : confirm#58;#58;yes
        address__any_state_otherwise --> [*] : /stop
    }
    [*] --> browsing : /shop
    browsing --> address : /address
    address --> browsing : end (from browsing)
    address --> leaving : address#58;#58;given (from browsing)
    address --> browsing : address#58;#58;given (from browsing)
    browsing --> leaving : /leave
    leaving --> address : /address
    address --> leaving : end (from leaving)
    address --> [*] : address#58;#58;given (from leaving)
    leaving --> [*] : text
)");
    CHECK(to_dot<address>() == R"~(digraph "address" {
    rankdir=LR;
    node [shape=box, style=rounded];
    street [label="street"];
    city [label="city"];
    any_state_otherwise [label="any state, otherwise", style="rounded,dashed"];
    outside [shape=point, width=0.15];
    the_end [shape=doublecircle, label="", width=0.1, style=filled, fillcolor=black];
    subgraph cluster_confirm {
        label="confirm";
        confirm__asking [label="asking"];
        confirm__outside [shape=point, width=0.15];
        confirm__the_end [shape=doublecircle, label="", width=0.1, style=filled, fillcolor=black];
    }
    outside -> street [label="/address"];
    street -> city [label="text and not a command"];
    confirm__outside -> confirm__asking [label="/done"];
    confirm__asking -> confirm__the_end [label="button \"yes\" or button \"no\" (yes)"];
    city -> confirm__outside [label="/done"];
    confirm__the_end -> city [label="end"];
    confirm__the_end -> the_end [label="confirm::yes"];
    any_state_otherwise -> the_end [label="/stop"];
}
)~");
}

TEST_CASE("handlers alone are a list; characters of the formats are escaped") {
    CHECK(to_mermaid<plain>() == R"(stateDiagram-v2
    start
    odd
    paint
    state "lambda" as lambda_6
    state "lambda" as lambda_7
    [*] --> start : /start
    [*] --> start : /again
    [*] --> odd : text matching ^#92;s#42;"a#59;b"#58; #60;c#62;#35;1 [x]#40;y|z)#42;
    [*] --> paint : button color#58;#58;red when is_admin
    [*] --> paint : button color
    [*] --> lambda_6 : text
    [*] --> lambda_7 : photo
    [*] --> odd : inline query
)");
    const std::string graph = to_dot<plain>();
    const std::string wanted =
        R"~(    outside -> odd [label="text matching ^\\s*\"a;b\": <c>#1 [x](y|z)*"];)~";
    CHECK(graph.find(wanted + '\n') != std::string::npos);
}

TEST_CASE("several structs are boxes side by side") {
    const std::string both = to_mermaid<order, plain>();
    CHECK(both.starts_with("stateDiagram-v2\n"
                           "    state \"order\" as order {\n"
                           "        state \"any state, first\" as order__any_state_first\n"
                           "        state \"choosing\" as order__choosing\n"));
    CHECK(both.find("    }\n    state \"plain\" as plain {\n") != std::string::npos);
    CHECK(both.find("        [*] --> plain__start : /start\n") != std::string::npos);
    const std::string graph = to_dot<order, plain>();
    CHECK(graph.starts_with("digraph \"bot\" {\n"));
    CHECK(graph.find("    subgraph cluster_plain {\n        label=\"plain\";\n") !=
          std::string::npos);
    CHECK(graph.find("    plain__outside -> plain__start [label=\"/again\"];\n") !=
          std::string::npos);
}

TEST_CASE("every diagram is well-formed") {
    const std::string all[] = {to_mermaid<order>(),         to_mermaid<timed>(),
                               to_mermaid<shop>(),          to_mermaid<address>(),
                               to_mermaid<plain>(),         to_mermaid<order, timed, shop, plain>(),
                               to_mermaid<address, shop>(), to_mermaid<shop, shop>()};
    for (const std::string& one : all) CHECK(mermaid_checker::first_fault(one) == "");
}

TEST_CASE("the checker finds what is not well-formed") {
    const auto fault = [](std::string_view lines) {
        return mermaid_checker::first_fault("stateDiagram-v2\n" + std::string(lines));
    };
    CHECK(fault("    a\n    a --> [*] : b\n") == "");
    CHECK(fault("    a\n    b --> [*] : c\n") != "");
    CHECK(fault("    a\n    a --> [*] : c:d\n") != "");
    CHECK(fault("    a\n    a --> [*] : c;\n") != "");
    CHECK(fault("    a\n    a --> [*] : c#x;\n") != "");
    CHECK(fault("    state\n") != "");
    CHECK(fault("    state \"a\" as a {\n") != "");
    CHECK(fault("    state \"a\"b\" as a\n") != "");
    CHECK(fault("    a\n    a\n") != "");
}
