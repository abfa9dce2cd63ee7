/** Hosts where people sign in, pay or prove who they are on their way: no visit begins there. Gathered by hand (THIRD_PARTY.md). */

/** With all hosts below them. */
export const PASSAGES = `
accounts.google.com accounts.youtube.com appleid.apple.com login.microsoftonline.com login.live.com
login.microsoft.com login.yahoo.com login.yahoo.co.jp nid.naver.com accounts.kakao.com kauth.kakao.com
access.line.me accounts.shopify.com auth0.com okta.com onelogin.com clerk.accounts.dev accounts.zoho.com
id.vk.com oauth.yandex.ru passport.yandex.ru passport.yandex.com sso.godaddy.com appleid.cdn-apple.com
idp.iamport.kr auth.openai.com login.salesforce.com duosecurity.com amazoncognito.com login.aol.com
paypal.com paypalobjects.com checkout.stripe.com hooks.stripe.com js.stripe.com pay.stripe.com
billing.stripe.com buy.stripe.com pay.google.com payments.google.com pay.amazon.com payments.amazon.com
payments.amazon.de apple-pay-gateway.apple.com checkout.shopify.com pay.shopify.com klarna.com
klarnapayments.com afterpay.com clearpay.co.uk affirm.com sezzle.com adyen.com mollie.com checkout.com
braintreegateway.com braintreepayments.com cardinalcommerce.com arcot.com 3dsecure.io rsa3dsauth.com
securesuite.net worldpay.com sagepay.com opayo.eu.elavon.com authorize.net paypay.ne.jp payu.in payu.com
razorpay.com paytm.in ccavenue.com billdesk.com mercadopago.com mercadopago.com.br mercadopago.com.ar
pagseguro.uol.com.br ideal.nl giropay.de sofort.com paydirekt.de wero-wallet.eu twint.ch swish.nu
vippsmobilepay.com mobilepay.dk przelewy24.pl secure.przelewy24.pl payu.pl tpay.com blik.com
bancontact.com payconiq.com multisafepay.com pay.nl buckaroo.nl gocardless.com truelayer.com trustly.com
plaid.com alipay.com wx.tenpay.com tenpay.com unionpaysecure.com pay.naver.com order.pay.naver.com
kakaopay.com online-pay.kakao.com tosspayments.com toss.im inicis.com kcp.co.kr nicepay.co.kr
settlebank.co.kr payco.com danal.co.kr payletter.com line-pay.line.me web-pay.line.me
checkout.paddle.com paddle.com lemonsqueezy.com fastspring.com 2checkout.com checkout.square.site
squareup.com wise.com skrill.com neteller.com dlocal.com ebanx.com paystack.com checkout.paystack.com
flutterwave.com checkout.flutterwave.com iyzico.com iyzipay.com paytr.com yookassa.ru yoomoney.ru
robokassa.ru qiwi.com securepay.tinkoff.ru sberbank.ru
idmsa.apple.com id.apple.com account.apple.com login.windows.net sts.windows.net b2clogin.com ciamlogin.com
accounts.spotify.com auth.services.adobe.com adobelogin.com signin.aws.amazon.com login.gov id.me accounts.firefox.com
login.xero.com pingidentity.com pingone.com pingone.eu frontegg.com stytch.com kinde.com authkit.app fusionauth.io
bankid.com bankid.no itsme.be idin.nl digid.nl freja.com nice.checkplus.co.kr pcc.siren24.com mobilians.co.kr
easypay.co.kr smartropay.co.kr ksnet.co.kr ogone.com computop-paygate.com saferpay.com datatrans.com wirecard.com
unzer.com payone.com pay1.de novalnet.de heidelpay.com micropayment.de pay.sumup.com zip.co laybuy.com splitit.com
scalapay.com getalma.eu oney.io sequra.com clearpay.com paidy.com nets.eu dibs.dk quickpay.net bambora.com epay.dk
svea.com payson.se vivapayments.com vivawallet.com paymentwall.com xsolla.com fondy.eu liqpay.ua wayforpay.com
cloudpayments.ru moyasar.com tap.company paytabs.com myfatoorah.com tabby.ai tamara.co midtrans.com xendit.co doku.com
ipay88.com billplz.com 2c2p.com omise.co vnpayment.vn zalopay.vn gcash.com paymaya.com instamojo.com cashfree.com
phonepe.com mobikwik.com juspay.in easebuzz.in conekta.com openpay.mx kushkipagos.com wompi.co epayco.co placetopay.com
transbank.cl khipu.com flow.cl pagar.me iugu.com peachpayments.com payfast.co.za payfast.io ozow.com pesapal.com
interswitchng.com remita.net monnify.com payments.stripe.com m.stripe.network
`;
