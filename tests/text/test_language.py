"""The vote of scripts and function words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.language import detect_language

SENTENCES = {
    "en": "The minister said on Monday that the talks with the unions would go on.",
    "de": "Der Minister sagte am Montag, dass die Gespräche mit den Gewerkschaften weitergehen.",
    "fr": "Le ministre a déclaré lundi que les discussions avec les syndicats se poursuivaient.",
    "es": "El ministro dijo el lunes que las conversaciones con los sindicatos van a continuar.",
    "it": "Il ministro ha detto lunedì che i colloqui con i sindacati andranno avanti.",
    "pt": "O ministro disse na segunda-feira que as conversas com os sindicatos vão continuar.",
    "nl": "De minister zei maandag dat de gesprekken met de vakbonden doorgaan.",
    "sv": "Ministern sade på måndagen att samtalen med facket ska fortsätta.",
    "da": "Ministeren sagde mandag, at samtalerne med fagforeningerne vil fortsætte, og at han ikke er bekymret.",
    "no": "Statsråden sa mandag at samtalene med fagforeningene vil fortsette, og at han ikke var bekymret nå.",
    "fi": "Ministeri sanoi maanantaina, että neuvottelut ammattiliittojen kanssa jatkuvat.",
    "pl": "Minister powiedział w poniedziałek, że rozmowy ze związkami będą kontynuowane.",
    "cs": "Ministr v pondělí řekl, že jednání s odbory budou podle něj pokračovat.",
    "sk": "Minister v pondelok povedal, že rokovania s odbormi budú podľa neho pokračovať.",
    "hu": "A miniszter hétfőn azt mondta, hogy a tárgyalások a szakszervezetekkel folytatódnak.",
    "ro": "Ministrul a spus luni că discuțiile cu sindicatele vor continua și după vacanță.",
    "tr": "Bakan pazartesi günü yaptığı açıklamada sendikalarla görüşmelerin süreceğini ve sorun olmadığını söyledi.",
    "hr": "Ministar je u ponedjeljak rekao da će se razgovori sa sindikatima nastaviti.",
    "id": "Menteri mengatakan pada hari Senin bahwa pembicaraan dengan serikat pekerja akan berlanjut.",
    "ru": "Министр сказал в понедельник, что переговоры с профсоюзами продолжатся.",
    "uk": "Міністр сказав у понеділок, що переговори з профспілками триватимуть.",
    "bg": "Министърът каза в понеделник, че разговорите със синдикатите ще продължат.",
    "el": "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν.",
    "ar": "قال الوزير يوم الاثنين إن المحادثات مع النقابات ستستمر.",
    "fa": "وزیر روز دوشنبه گفت که گفتگو با اتحادیه‌ها ادامه خواهد داشت.",
    "ur": "وزیر نے پیر کو کہا کہ یونینوں کے ساتھ بات چیت جاری رہے گی۔",
    "he": "השר אמר ביום שני כי השיחות עם האיגודים יימשכו.",
    "hi": "मंत्री ने सोमवार को कहा कि यूनियनों के साथ बातचीत जारी रहेगी।",
    "zh": "部长周一表示，与工会的谈判将继续进行。",
    "ja": "大臣は月曜日、組合との交渉を続けると述べた。",
    "ko": "장관은 월요일 노조와의 협상이 계속될 것이라고 말했다.",
    "th": "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าการเจรจาจะดำเนินต่อไป",
    "ka": "მინისტრმა ორშაბათს განაცხადა, რომ მოლაპარაკებები გაგრძელდება.",
    "hy": "Նախարարը երկուշաբթի օրը ասաց, որ բանակցությունները կշարունակվեն։",
    "ta": "பேச்சுவார்த்தை தொடரும் என்று அமைச்சர் கூறினார்.",
    "bn": "মন্ত্রী সোমবার বলেছেন যে আলোচনা চলবে।",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_one_sentence_is_enough(language: str, sentence: str) -> None:
    assert detect_language(sentence, default="xx") == language


@pytest.mark.parametrize("text", ["", "   \n", "12.5 % — 2026", "!?", "Xqzw Vrtk"])
def test_a_text_that_tells_nothing_has_the_default(text: str) -> None:
    assert detect_language(text, default="sv") == "sv"


def test_names_and_quotations_in_another_script_do_not_decide() -> None:
    text = "習近平主席在北京會見了 Emmanuel Macron，並在 Twitter 上說 the talks were good。"

    assert detect_language(text) == "zh"


def test_japanese_with_many_han_characters_is_japanese() -> None:
    assert detect_language("東京都知事選挙、投票率上昇へ") == "ja"


@given(text=st.text(max_size=300))
def test_every_text_has_a_language(text: str) -> None:
    assert detect_language(text).isalpha()


@given(text=st.text(max_size=300))
def test_the_same_text_has_the_same_language(text: str) -> None:
    assert detect_language(text) == detect_language(text)
