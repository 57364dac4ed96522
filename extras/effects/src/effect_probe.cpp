#include <batchproof/effects/effect_probe.hpp>

#include "execution.hpp"

namespace batchproof::effects {

IdempotencyStore& EffectProbe::store() const noexcept { return execution_->store(); }
Clock EffectProbe::clock() const { return execution_->clock(); }
LambdaContext EffectProbe::context() const { return execution_->context(); }
const std::string& EffectProbe::prefix() const noexcept { return execution_->prefix(); }
void EffectProbe::begin(std::string_view item_identifier, std::string_view key) const {
  execution_->begin(item_identifier, key);
}
void EffectProbe::start_effect() const { execution_->start_effect(); }
void EffectProbe::finish_effect(const std::string& result) const { execution_->finish_effect(result); }
std::string EffectProbe::new_result() const { return execution_->new_result(); }
void EffectProbe::end(const std::string& result) const { execution_->end(result); }
void EffectProbe::fail() const { execution_->fail(); }

}  // namespace batchproof::effects
