// Job kinds, read off their structs: what `run` takes, and what is wrong with one that cannot be run.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/model.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/flow/rule.hpp>
#include <banter/flow/shape.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace banter {

template <class Job>
class jobs;
struct job_info;

namespace detail {

enum class job_fault : std::uint8_t {
    sound,
    no_run,            // none, or no public static function with one signature
    returns_a_value,   // neither void nor task<>
    cannot_be_copied,
    parameter,         // one that nothing can supply
};

/// As with prompts (prompt.hpp): what is no function with one signature has no address to look at.
template <class Job>
constexpr auto held_run() {
    if constexpr (requires { &Job::run; }) {
        using named = decltype(&Job::run);
        if constexpr (!std::is_member_pointer_v<named>)
            return as_handler(Job::run);
        else
            return not_a_handler<Job>{};
    } else {
        return not_a_handler<Job>{};
    }
}
template <class Job>
inline constexpr auto run_of = held_run<Job>();
template <class Job>
using run_signature = signature<std::remove_const_t<decltype(run_of<Job>)>>;
template <class Job>
using run_parameters = typename run_signature<Job>::arguments;

template <class P>
inline constexpr bool is_jobs = false;
template <class Job>
inline constexpr bool is_jobs<jobs<Job>> = true;

/// A service, as far as one can tell without the bot.
template <class Job, class P>
constexpr bool is_service_of_run() {
    using plain = std::remove_cvref_t<P>;
    if constexpr (std::is_same_v<plain, Job> || std::is_same_v<plain, job_info> || is_jobs<plain>)
        return false;
    else
        return parameter<P>::from == source::reference;
}

struct job_facts {
    job_fault fault = job_fault::sound;
    std::int16_t unsupplied = -1;  // a parameter
    bool needs_chat = false;
    bool needs_user = false;
    bool changes_payload = false;
};

template <class Job, class... Ps>
constexpr void read_run(job_facts& facts, type_list<Ps...>) {
    [[maybe_unused]] std::int16_t at = 0;
    [[maybe_unused]] const auto read = [&]<class P>(std::type_identity<P>) {
        using plain = std::remove_cvref_t<P>;
        constexpr bool temporary = std::is_rvalue_reference_v<P>;
        bool supplied = !temporary;
        if constexpr (std::is_same_v<plain, Job>) {
            if (std::is_same_v<P, Job&>) facts.changes_payload = true;
        } else if constexpr (std::is_same_v<plain, job_info>) {
            supplied = !temporary && !std::is_same_v<P, job_info&>;
        } else if constexpr (is_jobs<plain>) {
            supplied = std::is_lvalue_reference_v<P>;
        } else {
            using known = parameter<P>;
            supplied = known::from != source::match && known::from != source::view &&
                       known::from != source::failure && known::from != source::nothing;
            if (known::from == source::context || known::from == source::chat_data)
                facts.needs_chat = true;
            if (known::from == source::user_data) facts.needs_user = true;
        }
        if (!supplied && facts.unsupplied < 0) {
            facts.fault = job_fault::parameter;
            facts.unsupplied = at;
        }
        ++at;
    };
    (read(std::type_identity<Ps>{}), ...);
}

template <class Job>
constexpr job_facts read_job() {
    job_facts facts;
    using result = typename run_signature<Job>::result;
    using targets = targets_of<result>;
    if constexpr (!run_signature<Job>::callable)
        facts.fault = job_fault::no_run;
    else if constexpr (!std::is_void_v<result> &&
                       !(targets::is_task &&
                         std::is_same_v<typename targets::type, typename targets_of<void>::type>))
        facts.fault = job_fault::returns_a_value;
    else if constexpr (!std::is_copy_constructible_v<Job>)
        facts.fault = job_fault::cannot_be_copied;
    else
        read_run<Job>(facts, run_parameters<Job>{});
    return facts;
}
template <class Job>
inline constexpr job_facts job_facts_of = read_job<Job>();

// ---- jobs that ask for jobs ----

template <class P>
struct job_asked_for {
    using type = type_list<>;
};
template <class Job>
struct job_asked_for<jobs<Job>> {
    using type = type_list<Job>;
};
template <class List>
struct jobs_asked_for;
template <class... Ps>
struct jobs_asked_for<type_list<Ps...>> {
    using type =
        joined_lists<type_list<>, typename job_asked_for<std::remove_cvref_t<Ps>>::type...>;
};

/// A kind and those that its run asks for, and theirs.
template <class Todo, class Found = type_list<>>
struct job_closure {
    using type = Found;
};
template <class Job, class... Todo, class... Found>
struct job_closure<type_list<Job, Todo...>, type_list<Found...>>
    : std::conditional_t<
          (std::is_same_v<Job, Found> || ...),
          job_closure<type_list<Todo...>, type_list<Found...>>,
          job_closure<joined_lists<type_list<Todo...>,
                                   typename jobs_asked_for<run_parameters<Job>>::type>,
                      type_list<Found..., Job>>> {};
template <class Job>
using job_family = typename job_closure<type_list<Job>>::type;

template <class List>
struct first_faulty_job {
    using type = void;
};
template <class Job, class... More>
struct first_faulty_job<type_list<Job, More...>>
    : std::conditional_t<job_facts_of<Job>.fault != job_fault::sound, std::type_identity<Job>,
                         first_faulty_job<type_list<More...>>> {};
/// The kind that is to blame if a Job cannot be run; void if it can.
template <class Job>
using faulty_job = typename first_faulty_job<job_family<Job>>::type;

template <class Job>
struct reference_parameter<jobs<Job>>
    : comes<std::is_void_v<faulty_job<Job>> ? source::jobs : source::nothing> {
    using job_type = Job;
};

}  // namespace detail

namespace error {

// C16. One gets here with jobs<T>& of a struct whose `run` is missing or cannot be called: it is no static
// function, a template, has several signatures, or is private.
template <class Job>
inline constexpr bool has_a_static_run = false;
template <class Job>
struct job_has_no_run {
    static_assert(flow_is_sound && has_a_static_run<Job>,
        BANTER_SAYS("[banter C16] this is no job, because it cannot be run: give the struct one public "
                    "function, no template, static void run(context&, ...) or static task<> run(...)",
                    "job", detail::name_of_type<Job>));
};

// C16. One gets here with a run that returns something: a job is in no state of a conversation.
template <class Job, class Returned>
inline constexpr bool run_returns_void_or_task = false;
template <class Job, class Returned>
struct job_returns_a_value {
    static_assert(flow_is_sound && run_returns_void_or_task<Job, Returned>,
        BANTER_SAYS("[banter C16] a job's run returns void or task<>: it leads nowhere; send the "
                    "conversation an event instead",
                    "job", detail::name_of_type<Job>,
                    "returns", detail::name_of_type<Returned>));
};

// C16. One gets here with a struct that cannot be copied: a run works on a copy.
template <class Job>
inline constexpr bool job_can_be_copied = false;
template <class Job>
struct job_cannot_be_copied {
    static_assert(flow_is_sound && job_can_be_copied<Job>,
        BANTER_SAYS("[banter C16] a job's run works on a copy of the job's data, so that a failure "
                    "changes nothing: make the struct copyable",
                    "job", detail::name_of_type<Job>));
};

// C16. One gets here with a run that wants an update: there is none, a time has come.
template <class Job, class Parameter>
inline constexpr bool can_be_supplied_to_a_job = false;
template <class Job, class Parameter>
struct parameter_of_job_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_to_a_job<Job, Parameter>,
        BANTER_SAYS("[banter C16] a job's run cannot have this parameter: take the job's own data by "
                    "reference, context&, bot&, const job_info&, jobs<T>&, user_data<T>& or a service&",
                    "job", detail::name_of_type<Job>,
                    "parameter", detail::name_of_type<Parameter>));
};

}  // namespace error

namespace detail {

template <class Job, job_fault Fault>
struct error_of_job;
template <class Job>
struct error_of_job<Job, job_fault::no_run> {
    using type = error::job_has_no_run<Job>;
};
template <class Job>
struct error_of_job<Job, job_fault::returns_a_value> {
    using type = error::job_returns_a_value<Job, typename run_signature<Job>::result>;
};
template <class Job>
struct error_of_job<Job, job_fault::cannot_be_copied> {
    using type = error::job_cannot_be_copied<Job>;
};
template <std::size_t I, class... Ps>
std::type_identity<pick<I, Ps...>> job_parameter_at(type_list<Ps...>);
template <class Job>
struct error_of_job<Job, job_fault::parameter> {
    using type = error::parameter_of_job_cannot_be_supplied<
        Job, typename decltype(job_parameter_at<static_cast<std::size_t>(
                 job_facts_of<Job>.unsupplied)>(run_parameters<Job>{}))::type>;
};

/// The error of a parameter that cannot be supplied: of the job, where it asks for one.
template <class Parameter, class Otherwise>
struct job_error_or : Otherwise {};
template <class Job, class Otherwise>
    requires(!std::is_void_v<faulty_job<Job>>)
struct job_error_or<jobs<Job>&, Otherwise>
    : error_of_job<faulty_job<Job>, job_facts_of<faulty_job<Job>>.fault> {};

}  // namespace detail
}  // namespace banter
