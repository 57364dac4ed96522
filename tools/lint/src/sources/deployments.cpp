#include "sources/deployments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace batchproof::lint {
namespace {

constexpr std::size_t most_deployments = 64;
constexpr std::size_t most_choices = 6;

bool is_unexpanded(const Node::Entry& entry) { return entry.key.starts_with("Fn::"); }

void note_unexpanded(const Context& context, const Node::Entry& entry) {
  constexpr std::string_view instead =
      "lint what serverless package writes, .serverless/cloudformation-template-update-stack.json";
  if (entry.key == "Fn::NotRead") {
    context.note(entry.place, fmt::format("{}: {}", entry.value.text, instead));
  } else {
    context.note(entry.place, fmt::format("{} is not expanded: nothing of it was checked", entry.key));
  }
}

/// A custom macro may change every part of the template.
void note_macro(const Context& context, const Node& macro) {
  const std::string text = macro.kind == Node::Kind::map ? macro.text_of("Name") : macro.text;
  if (text == "AWS::Serverless-2016-10-31" || text == "AWS::LanguageExtensions") return;
  context.note(macro.place,
               fmt::format("{} may change this template, which was checked as it is written",
                           text.empty() ? "a macro whose name is not written" : "the macro " + text));
}

void note_macros(const Context& context, const Node& root) {
  const Node* const transform = root.find("Transform");
  if (transform == nullptr) return;
  for (const Node& item : transform->items) note_macro(context, item);
  if (transform->kind != Node::Kind::list) note_macro(context, *transform);
}

/// Adds the events of a function one by one, if they are written as a map.
void add_events(const Context& context, const Node::Entry& function, std::vector<Candidate>& found) {
  const Node* const events = function.value.find({"Properties", "Events"});
  const bool is_function = events != nullptr && events->entries.size() == 1 &&
                           (events->entries[0].key == "Fn::If" || events->entries[0].key == "Fn::Sub");
  const bool is_plain = events != nullptr && events->kind == Node::Kind::map && !is_function;
  if (!is_plain) {
    found.push_back({.resource = &function});
    return;
  }
  for (const Node::Entry& event : events->entries) {
    if (is_unexpanded(event)) {
      note_unexpanded(context, event);
    } else {
      found.push_back({.resource = &function, .event = &event});
    }
  }
}

void read_all_events(const Context& context, const Declared& function, std::vector<EventSource>& sources) {
  const PropertyReader properties = context.reader(function);
  const Value events = properties.value("Events");
  if (events.map == nullptr) {
    const std::string why = events.why_unknown();
    if (!why.empty()) properties.note("Events", why);
    return;
  }
  for (const Node::Entry& event : events.map->entries) {
    if (is_unexpanded(event)) {
      note_unexpanded(context, event);
    } else {
      read_event(context, function, event, sources);
    }
  }
}

class Exploration {
 public:
  Exploration(const Application& application, const Declarations& declarations, const Candidate& candidate,
              const std::optional<Choices::Name>& without_default)
      : application_(application),
        declarations_(declarations),
        without_default_(without_default),
        declared_(declared_resource(*candidate.resource)),
        event_(candidate.event) {}

  std::vector<Deployment> explore() {
    explore(Deployment{});
    return std::move(found_);
  }

 private:
  void explore(Deployment deployment) {
    Choices choices;
    if (without_default_) choices.forget_default(*without_default_);
    for (const auto& [choice, value] : deployment.choices) choices.choose(choice, value);
    read({.application = application_,
          .declarations = declarations_,
          .choices = choices,
          .notes = deployment.notes},
         deployment.sources);
    deployment.defaults = choices.used_defaults();
    const std::optional<Choice> open = choices.open();
    if (open && count_ + open->values.size() - 1 <= most_deployments) {
      count_ += open->values.size() - 1;
      for (const std::string& value : open->values) {
        Deployment next{.choices = deployment.choices, .sources = {}, .notes = {}, .defaults = {}};
        next.choices.emplace_back(*open, value);
        explore(std::move(next));
      }
    } else if (deployment.choices.empty() || exists(choices)) {
      found_.push_back(std::move(deployment));
    }
  }

  void read(const Context& context, std::vector<EventSource>& sources) const {
    if (event_ != nullptr) {
      read_event(context, declared_, *event_, sources);
    } else if (declared_.type == "AWS::Lambda::EventSourceMapping") {
      read_mapping(context, declared_, sources);
    } else if (declared_.type == "AWS::Pipes::Pipe") {
      read_pipe(context, declared_, sources);
    } else {
      read_all_events(context, declared_, sources);
    }
  }

  bool exists(Choices& choices) const {
    return declared_.condition.empty() ||
           Resolver(application_, declared_.file, choices).condition(declared_.condition) != false;
  }

  const Application& application_;
  const Declarations& declarations_;
  const std::optional<Choices::Name>& without_default_;
  Declared declared_;
  const Node::Entry* event_;
  std::vector<Deployment> found_;
  std::size_t count_ = 1;
};

}  // namespace

std::vector<Candidate> candidates(const Context& context, int file) {
  const Node& root = context.application.root(file);
  note_macros(context, root);
  std::vector<Candidate> found;
  for (const Node::Entry& entry : root.find("Resources")->entries) {
    const std::string type = entry.value.text_of("Type");
    if (is_unexpanded(entry)) {
      note_unexpanded(context, entry);
    } else if (type == "AWS::Serverless::Function") {
      add_events(context, entry, found);
    } else if (type == "AWS::Lambda::EventSourceMapping" || type == "AWS::Pipes::Pipe") {
      found.push_back({.resource = &entry});
    }
  }
  return found;
}

std::vector<Deployment> deployments(const Application& application, const Declarations& declarations,
                                    const Candidate& candidate,
                                    const std::optional<Choices::Name>& without_default) {
  return Exploration(application, declarations, candidate, without_default).explore();
}

namespace {

bool can_hold(const Application& application, const EventSource& one, const EventSource& other,
              const std::vector<std::pair<Choice, std::string>>& made) {
  Choices choices;
  for (const auto& [choice, value] : made) choices.choose(choice, value);
  std::optional<bool> both = true;
  for (const EventSource* const source : {&one, &other}) {
    const auto holds = Resolver(application, source->place.file, choices).condition(source->condition);
    if (holds == false) return false;
    if (!holds) both = std::nullopt;
  }
  if (both || !choices.open() || made.size() >= most_choices) return true;
  return std::any_of(choices.open()->values.begin(), choices.open()->values.end(),
                     [&](const std::string& value) {
                       auto next = made;
                       next.emplace_back(*choices.open(), value);
                       return can_hold(application, one, other, next);
                     });
}

}  // namespace

bool agree(const Deployment& one, const Deployment& other) {
  return std::none_of(one.choices.begin(), one.choices.end(), [&](const auto& made) {
    return std::any_of(other.choices.begin(), other.choices.end(), [&](const auto& theirs) {
      return theirs.first.file == made.first.file && theirs.first.name == made.first.name &&
             theirs.second != made.second;
    });
  });
}

bool exist_together(const Application& application, const EventSource& one, const EventSource& other) {
  if (one.condition.empty() || other.condition.empty()) return true;
  if (one.condition == other.condition && one.place.file == other.place.file) return true;
  return can_hold(application, one, other, {});
}

std::string difference(const std::vector<Deployment>& all, const std::vector<bool>& some) {
  using Values = std::set<std::string>;
  std::map<Choices::Name, std::pair<Values, Values>> by_choice;  // the values in all deployments, and in some
  for (std::size_t index = 0; index < all.size(); ++index) {
    for (const auto& [choice, value] : all[index].choices) {
      auto& [of_all, of_some] = by_choice[{choice.file, choice.name}];
      of_all.insert(value);
      if (some[index]) of_some.insert(value);
    }
  }
  std::string text;
  for (const auto& [name, values] : by_choice) {
    const auto& [of_all, of_some] = values;
    if (of_some.empty() || of_all == of_some) continue;
    std::string list;
    for (const std::string& value : of_some) list += (list.empty() ? "" : " or ") + value;
    text += fmt::format("{}{} is {}", text.empty() ? "" : " and ", name.second, list);
  }
  return text;
}

}  // namespace batchproof::lint
