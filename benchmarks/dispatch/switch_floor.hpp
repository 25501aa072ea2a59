// The floor of dispatching: the payment conversation as a switch over fields, with its sessions in
// a boost::unordered_flat_map, as one would write it by hand for this bot alone.
#pragma once

#include "sax_floor.hpp"
#include "updates.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace floors {

class hand_written_bot {
  public:
    bench::tally counts;

    void handle(const fields& update) {
        const key where{update.chat_id, update.user_id};
        if (update.is_command) return command(where, command_of(update.text));
        const auto found = sessions_.find(where);
        if (found == sessions_.end()) return drop();
        session& now = found->second;
        switch (now.at) {
            case stage::amount:
                if (update.text.data() == nullptr) return drop();
                now.amount = amount_of(update.text);
                now.at = stage::details;
                ++counts[bench::outcome::amount];
                return;
            case stage::details: return choice(now, update.data);
            case stage::receipt:
                if (!update.has_file) return drop();
                sessions_.erase(found);
                ++counts[bench::outcome::receipt];
                return;
        }
    }
    [[nodiscard]] std::size_t active() const { return sessions_.size(); }

  private:
    enum class stage : std::uint8_t { amount, details, receipt };
    struct session {
        stage at = stage::amount;
        double amount = 0;
        std::string method;
    };
    struct key {
        std::int64_t chat;
        std::int64_t user;
        bool operator==(const key&) const = default;
    };
    struct key_hash {
        std::size_t operator()(const key& k) const {
            return static_cast<std::size_t>(k.chat) * 0x9E3779B97F4A7C15u +
                   static_cast<std::size_t>(k.user);
        }
    };

    static double amount_of(std::string_view text) {
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }
    static std::string_view command_of(std::string_view text) {
        text.remove_prefix(1);
        return text.substr(0, text.find_first_of(" @"));
    }

    void command(const key& where, std::string_view name) {
        if (name == "pay") {
            sessions_[where] = session{};
            ++counts[bench::outcome::pay];
            return;
        }
        const auto found = sessions_.find(where);
        if (found == sessions_.end()) return drop();
        if (name == "cancel") {
            sessions_.erase(found);
            ++counts[bench::outcome::cancel];
        } else {
            ++counts[bench::outcome::unexpected];
        }
    }

    void choice(session& now, std::string_view data) {
        if (data == "back") {
            now.at = stage::amount;
            ++counts[bench::outcome::back];
        } else if (data.starts_with("bank_")) {
            data.remove_prefix(5);
            if (data.empty() || data.find_first_not_of("0123456789") != data.npos) return drop();
            now.method = data;
            now.at = stage::receipt;
            ++counts[bench::outcome::bank];
        } else if (data == "wallet_BTC" || data == "wallet_ETH" || data == "wallet_USDT") {
            now.method = data.substr(7);
            now.at = stage::receipt;
            ++counts[bench::outcome::wallet];
        } else {
            drop();
        }
    }
    void drop() { ++counts[bench::outcome::dropped]; }

    boost::unordered_flat_map<key, session, key_hash> sessions_;
};

}  // namespace floors
