// Three questions, one after another: a form, whose states the library makes.
#include <banter/banter.hpp>

#include <string>

using namespace banter;

struct survey {
    struct person {
        std::string name;
        int age = 0;
        std::string city;
    };

    static end done(context& ctx, const person& who) {
        ctx.reply(concat("Thank you: ", who.name, ", ", who.age, ", from ", who.city, "."));
        return {};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"survey">, start_form<person>)),
            form<person>(
                ask<&person::name>("What is your name?", at_most(100)),
                ask<&person::age>("How old are you?", in_range(1, 150),
                                  retry("A number from 1 to 150, please.")),
                ask<&person::city>("Where do you live?", at_most(100)),
                then(done)),
            fallbacks(on(command<"cancel">, cancel)));
    }
};

int main() { return run<survey>(); }
