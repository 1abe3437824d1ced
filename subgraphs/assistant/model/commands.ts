import { folded } from './words.ts'

const forms = [
  /\b(?:ignore|disregard|forget|override|ignorier\w*|vergiss|ignorez|oubliez|ignora|olvida|dimentica)\b.{0,60}\b(?:instruc?tions?|rules?|polic(?:y|ies)|prompt|anweisungen|regeln|regles|instrucciones|reglas|istruzioni|regole)\b/,
  /(?:忽略|忘记).{0,20}(?:指令|规则)|管理员|系统[:：]/,
  /\b(?:system|systeme|sistema) ?:|\bsystem (?:prompt|message)\b|<\/?(?:system|tool|script)\b|"tool" ?:/,
  /\byou are now\b|\bdu bist jetzt\b|\bvous etes maintenant\b|\bahora eres\b|\bora sei\b/,
  /\b(?:assistant|chatbot|ai)\b.{0,20}\b(?:must|should|shall)\b/,
  /https?:|www\.|javascript:/,
]

/**
 * Whether a text speaks to a machine rather than to a shopper, or links away: such evidence is not
 * retrieved and not quoted. It keeps answers clean; safety does not rest on it, since no evidence
 * reaches what chooses a tool.
 */
export const commands = (text: string): boolean => {
  const plain = folded(text)
  return forms.some((form) => form.test(plain))
}
