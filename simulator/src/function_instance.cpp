// A call that may be cut runs on a thread of its own, so that the simulation can leave it in the middle. An
// exception could not stand for a crash, since the function would clean up.
//
//     auto call = std::make_unique<IsolatedCall>(std::move(subject_), batch, plan);
//     CallResult result = call->result();
//     if (result.cut) left_.push_back(std::move(call));

#include "function_instance.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace batchproof::simulator {

using std::chrono::milliseconds;

/// Ends the calls of a function whose instance has ended. It derives from nothing, so that no function
/// catches it as an error of its own.
struct InstanceEnded {};

/// Watches the handler calls of one invocation.
class CallWatch {
 public:
  explicit CallWatch(const CallPlan& plan) : plan_(plan) {}

  /// True from the call in which the instance ends.
  bool ends_at(std::string_view item_identifier) {
    if (cut_) return true;
    const bool is_late = passed_ + plan_.handler_time > plan_.function_timeout;
    if (is_late || calls_ == plan_.ends_in_call) cut_ = std::string(item_identifier);
    calls_ += 1;
    passed_ += plan_.handler_time;
    return cut_.has_value();
  }

  const std::optional<std::string>& cut() const noexcept { return cut_; }

 private:
  CallPlan plan_;
  std::size_t calls_ = 0;
  milliseconds passed_{0};
  std::optional<std::string> cut_{};
};

namespace {

RecordProbe probe_of(const fixtures::BatchCase& batch, const CallPlan& plan,
                     std::function<void(std::string_view)> before_call) {
  return RecordProbe(batch, {.began = plan.began,
                             .time_limit = plan.function_timeout,
                             .handler_time = plan.handler_time,
                             .before_call = std::move(before_call)});
}

CallResult answer_of(const fixtures::Subject& subject, const fixtures::BatchCase& batch, RecordProbe& probe) {
  CallResult result;
  try {
    result.response = subject(batch.payload(), probe);
  } catch (const std::exception& error) {
    result.error = error.what();
  } catch (...) {
    result.error = "an exception that is not a std::exception";
  }
  return result;
}

}  // namespace

/// A call on a thread of its own. A call that is cut waits until this is destroyed, and then ends with an
/// exception.
class IsolatedCall {
 public:
  IsolatedCall(fixtures::Subject subject, const fixtures::BatchCase& batch, const CallPlan& plan)
      : subject_(std::move(subject)),
        batch_(batch),
        watch_(plan),
        probe_(probe_of(batch_, plan, [this](std::string_view identifier) { before_call(identifier); })),
        thread_([this] { run(); }) {}

  IsolatedCall(const IsolatedCall&) = delete;
  IsolatedCall& operator=(const IsolatedCall&) = delete;

  ~IsolatedCall() {
    {
      const std::lock_guard lock(mutex_);
      may_go_on_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  /// The subject of a call that was not cut, after its result.
  fixtures::Subject take_subject() { return std::move(subject_); }

  /// Waits until the function has answered or was cut.
  CallResult result() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return has_ended_ || watch_.cut(); });
    CallResult result = result_;
    result.calls = probe_.calls();
    result.cut = watch_.cut();
    return result;
  }

 private:
  void run() {
    CallResult result = answer_of(subject_, batch_, probe_);
    const std::lock_guard lock(mutex_);
    if (!watch_.cut()) result_ = std::move(result);
    has_ended_ = true;
    changed_.notify_all();
  }

  void before_call(std::string_view item_identifier) {
    std::unique_lock lock(mutex_);
    if (!watch_.ends_at(item_identifier)) return;
    changed_.notify_all();
    changed_.wait(lock, [this] { return may_go_on_; });
    throw InstanceEnded();
  }

  fixtures::Subject subject_;
  const fixtures::BatchCase batch_;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  CallWatch watch_;
  RecordProbe probe_;
  CallResult result_{};
  bool has_ended_ = false;
  bool may_go_on_ = false;
  std::thread thread_;
};

FunctionInstance::FunctionInstance(const FunctionUnderTest& function)
    : lasts_(function.lasts()), make_(function.begin_world()), subject_(make_()) {}

FunctionInstance::~FunctionInstance() = default;

CallResult FunctionInstance::call(const fixtures::BatchCase& batch, const CallPlan& plan) {
  const auto records = static_cast<milliseconds::rep>(batch.records.size());
  const bool may_be_cut = plan.ends || plan.handler_time * records > plan.function_timeout;
  if (may_be_cut && !lasts_) return call_isolated(batch, plan);
  CallWatch watch(plan);
  RecordProbe probe = probe_of(batch, plan, [&watch](std::string_view identifier) {
    if (watch.ends_at(identifier)) throw InstanceEnded();
  });
  CallResult result = answer_of(subject_, batch, probe);
  result.calls = std::move(probe).calls();
  result.cut = watch.cut();
  if (result.cut && !lasts_) subject_ = make_();
  return result;
}

CallResult FunctionInstance::call_isolated(const fixtures::BatchCase& batch, const CallPlan& plan) {
  constexpr std::size_t most_left = 64;  // waiting threads
  auto call = std::make_unique<IsolatedCall>(std::move(subject_), batch, plan);
  CallResult result = call->result();
  subject_ = result.cut || plan.ends ? make_() : call->take_subject();
  if (result.cut) left_.push_back(std::move(call));
  if (left_.size() > most_left) left_.erase(left_.begin());
  return result;
}

}  // namespace batchproof::simulator
